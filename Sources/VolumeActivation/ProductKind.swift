/// Which of the two thresholds a Windows edition answers to.
public enum ProductKind: UInt8, CaseIterable, Hashable, Sendable {
  case client
  case server

  @inlinable public static func == (left: ProductKind, right: ProductKind) -> Bool {
    left.rawValue == right.rawValue
  }
}

extension ProductKind {
  /// The number of distinct machines that a KMS host must have heard from before it activates
  /// this kind.
  ///
  /// Source: kms-rules.md, section 1.
  @inlinable public var threshold: Int {
    switch self {
    case .client: 25
    case .server: 5
    }
  }
}

extension ProductKind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .client: "client"
    case .server: "server"
    }
  }
}
