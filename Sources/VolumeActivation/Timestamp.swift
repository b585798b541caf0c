/// A wall-clock instant: milliseconds since 1970-01-01T00:00:00Z.
///
/// What is written down is wall time; what is waited for inside a process is monotonic.
///
/// It and `Milliseconds` are public, since the compiler inlines no `package` declaration in other
/// modules: comparing two instants would be a call through a table of witnesses.
public struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable {
  public var rawValue: Int64

  @inlinable public init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  @inlinable public static func == (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue == right.rawValue
  }

  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue < right.rawValue
  }

  @inlinable public static func > (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue > right.rawValue
  }

  @inlinable public static func <= (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue <= right.rawValue
  }

  @inlinable public static func >= (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue >= right.rawValue
  }

  @inlinable public static func + (instant: Timestamp, span: Milliseconds) -> Timestamp {
    Timestamp(rawValue: instant.rawValue + span.rawValue)
  }

  @inlinable public static func - (left: Timestamp, right: Timestamp) -> Milliseconds {
    Milliseconds(rawValue: left.rawValue - right.rawValue)
  }
}

/// A length of time in milliseconds.
public struct Milliseconds: RawRepresentable, Hashable, Comparable, Sendable {
  public var rawValue: Int64

  @inlinable public init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  @inlinable public static func == (left: Milliseconds, right: Milliseconds) -> Bool {
    left.rawValue == right.rawValue
  }

  @inlinable public static func < (left: Milliseconds, right: Milliseconds) -> Bool {
    left.rawValue < right.rawValue
  }

  @inlinable public static func > (left: Milliseconds, right: Milliseconds) -> Bool {
    left.rawValue > right.rawValue
  }

  @inlinable public static func <= (left: Milliseconds, right: Milliseconds) -> Bool {
    left.rawValue <= right.rawValue
  }

  @inlinable public static func >= (left: Milliseconds, right: Milliseconds) -> Bool {
    left.rawValue >= right.rawValue
  }

  @inlinable public static func + (left: Milliseconds, right: Milliseconds) -> Milliseconds {
    Milliseconds(rawValue: left.rawValue + right.rawValue)
  }

  @inlinable public static func - (left: Milliseconds, right: Milliseconds) -> Milliseconds {
    Milliseconds(rawValue: left.rawValue - right.rawValue)
  }

  @inlinable public static var zero: Milliseconds { Milliseconds(rawValue: 0) }
  @inlinable public static func seconds(_ count: Int64) -> Milliseconds {
    Milliseconds(rawValue: count * 1000)
  }
  @inlinable public static func minutes(_ count: Int64) -> Milliseconds { .seconds(count * 60) }
  @inlinable public static func hours(_ count: Int64) -> Milliseconds { .minutes(count * 60) }
  @inlinable public static func days(_ count: Int64) -> Milliseconds { .hours(count * 24) }
}

extension Timestamp: Codable {}
extension Milliseconds: Codable {}
