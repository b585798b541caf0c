package import VolumeActivation

/// The order in which a muster wave asks its hosts so that the least weight is exposed the least.
///
/// The cost of an order is the exposed weight summed over its asks: the loss to be expected if the
/// wave stalls after any one of them. Hosts of one class are asked by ascending weight, so an order
/// is a sequence of servers and clients, and the best one a cheapest path.
///
/// Source: PLANNING.md, section 1.3, with the proof.
package struct Order: Hashable, Sendable {
  /// Whose turn it is, until nobody that follows can be exposed.
  ///
  /// The n-th server here is the n-th of the ascending servers, and likewise the clients. Everybody
  /// who is left comes afterwards, heaviest first.
  package var positions: [Position]
  /// The exposed weight summed over the asks.
  package var cost: Int
  /// The greatest number of hosts exposed at a time, those exposed before included; no spares.
  package var peak: Int

  package struct Position: Hashable, Sendable {
    package var kind: ProductKind
    /// The count after this ask if every answer comes.
    package var count: Int
    /// Whether the host is exposed when it has asked.
    package var exposed: Bool
  }
}

extension Order {
  /// Who goes first in the cheapest order; nil when there is none, or when nobody is left whose turn
  /// matters.
  ///
  /// - Complexity: O(1) when only one kind is left and no limit is given, else that of the order.
  package static func first(_ input: OrderInput) -> Position? {
    let hosts = input.servers.count + input.clients.count
    guard input.count + hosts >= input.target, input.count + 1 < input.target else { return nil }
    let isOneKind = input.servers.isEmpty || input.clients.isEmpty
    if isOneKind, input.maxExposed == nil {
      return Position(input.clients.isEmpty ? .server : .client, after: 0, of: input)
    }
    let paths = CheapestPaths(input)
    guard paths.cost != nil else { return nil }
    return Position(paths.next(0, 0), after: 0, of: input)
  }

  /// The cheapest order; between equals the server goes first.
  ///
  /// As long as every answer comes as expected the rest of an order stays the best; it need be made
  /// anew only when one does not.
  ///
  /// - Returns: nil when the hosts do not suffice for the threshold, or when every order exposes
  ///   more than the limit: the plan is refused.
  /// - Complexity: O(threshold²), whatever the number of hosts.
  package init?(_ input: OrderInput) {
    let hosts = input.servers.count + input.clients.count
    guard input.count + hosts >= input.target else { return nil }
    let paths = CheapestPaths(input)
    guard let cost = paths.cost else { return nil }
    self.cost = cost
    peak = paths.exposed(0, 0)
    positions = []
    positions.reserveCapacity(paths.length)
    var (i, j) = (0, 0)
    while i + j < paths.length {
      let kind = paths.next(i, j)
      switch kind {
      case .server: i += 1
      case .client: j += 1
      }
      positions.append(Position(kind, after: i + j - 1, of: input))
      peak = max(peak, paths.exposed(i, j))
    }
  }
}

extension Order.Position {
  fileprivate init(_ kind: ProductKind, after asked: Int, of input: OrderInput) {
    self.kind = kind
    count = input.count + asked + 1
    exposed = count < (kind == .server ? input.serverThreshold : input.target)
  }
}
