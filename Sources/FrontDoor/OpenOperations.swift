import Synchronization
import VolumeActivation
import WSMan

/// What each host is busy with: requests in flight, and enumerations that somebody may go on with.
final class OpenOperations: Sendable {
  private struct Host {
    var inFlight = 0
    var cursors: [EnumerationContext: Cursor] = [:]
  }

  private let hosts = Mutex<[HostName: Host]>([:])

  /// Takes a request in; it is to be ended.
  ///
  /// - Parameter context: The enumeration that it goes on with, whose place it takes.
  /// - Returns: Where that enumeration stopped; nil without one.
  func begin(
    on host: HostName, _ generation: WindowsGeneration, at now: Timestamp,
    goingOnWith context: EnumerationContext?, of resource: ResourceURI
  ) throws(Setback) -> Cursor? {
    try hosts.withLock { hosts throws(Setback) in
      var entry = hosts[host] ?? Host()
      entry.cursors = entry.cursors.filter { $0.value.expires > now }
      defer { hosts[host] = entry.inFlight == 0 && entry.cursors.isEmpty ? nil : entry }
      var cursor: Cursor?
      if let context {
        guard let found = entry.cursors[context] else { throw .invalidContext }
        guard found.resource == resource else { throw .otherResource }
        entry.cursors[context] = nil
        cursor = found
      }
      guard entry.inFlight + entry.cursors.count < generation.operations else {
        throw .tooManyOperations
      }
      entry.inFlight += 1
      return cursor
    }
  }

  /// Ends a request.
  ///
  /// - Parameter kept: What somebody may go on with from then on.
  func end(on host: HostName, keeping kept: (EnumerationContext, Cursor)? = nil) {
    hosts.withLock { hosts in
      var entry = hosts[host] ?? Host()
      entry.inFlight -= 1
      if let (context, cursor) = kept { entry.cursors[context] = cursor }
      hosts[host] = entry.inFlight == 0 && entry.cursors.isEmpty ? nil : entry
    }
  }
}

/// An enumeration between two of its replies.
struct Cursor: Sendable {
  var resource: ResourceURI
  var style: AnswerPage.RowStyle
  var rows: ArraySlice<CIMObject>
  /// When nobody can go on with it any more.
  var expires: Timestamp
}
