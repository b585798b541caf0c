/// How many distinct machines a KMS host must have heard from before it activates each kind.
///
/// There is one pair of them in Windows. Proofs scale them down: a fleet of three then meets whatever
/// one of thirty can, and can be explored completely.
public struct Thresholds: Hashable, Sendable {
  public var client: Int
  public var server: Int

  public init(client: Int, server: Int) {
    self.client = client
    self.server = server
  }

  public static let windows = Thresholds(
    client: ProductKind.client.threshold, server: ProductKind.server.threshold)

  public subscript(kind: ProductKind) -> Int {
    switch kind {
    case .client: client
    case .server: server
    }
  }
}

extension Thresholds {
  /// How many machines a KMS host remembers while only servers have asked it.
  public var smallMemory: Int { 2 * server }
  /// How many machines it remembers from the first client's request on.
  public var largeMemory: Int { 2 * client }
}
