package import VolumeActivation

/// The order in which a muster wave asks its hosts so that the least weight is exposed the least.
///
/// The cost of an order is the exposed weight summed over its asks. Hosts of one class are asked
/// by ascending weight, so an order is a sequence of servers and clients; it is found as the
/// cheapest path through at most threshold × threshold nodes.
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

/// What an order is made from; made anew from the observed count after each answer.
package struct OrderInput: Hashable, Sendable {
  /// The KMS host's count, without what is in flight.
  package var count: Int
  /// Whether the KMS host may forget beyond twice the servers' threshold, since it is not known to
  /// have been asked by a client.
  package var memoryIsSmall: Bool
  /// Weights of the servers that raise the count, ascending; nothing to lose weighs 0.
  package var servers: [Int]
  /// Weights of the clients that raise the count, ascending; empty when clients do not take part.
  package var clients: [Int]
  /// Hosts that wait for a threshold already, exposed.
  package var waitingServers = 0
  package var waitingClients = 0
  /// How many hosts may be exposed at one time; nil is no limit.
  package var maxExposed: Int?
  /// How much of `maxExposed` is kept free.
  package var spares = 0
  package var serverThreshold = ProductKind.server.threshold
  package var clientThreshold = ProductKind.client.threshold

  package init(count: Int, memoryIsSmall: Bool, servers: [Int], clients: [Int]) {
    self.count = count
    self.memoryIsSmall = memoryIsSmall
    self.servers = servers
    self.clients = clients
  }
}

extension Order {
  /// The cheapest order; between equals the server goes first.
  ///
  /// - Returns: nil when the hosts do not suffice for the threshold, or when every order exposes
  ///   more than the limit: the plan is refused.
  /// - Complexity: O(threshold²), whatever the number of hosts.
  package init?(_ input: OrderInput) {
    guard let positions = CheapestPath(input).positions() else { return nil }
    var weight = (servers: 0, clients: 0)
    var asked = (servers: 0, clients: 0)
    var cost = 0
    var peak = input.exposed(at: input.count, servers: 0, clients: 0)
    for position in positions {
      switch position.kind {
      case .server:
        weight.servers += input.servers[asked.servers]
        asked.servers += 1
      case .client:
        weight.clients += input.clients[asked.clients]
        asked.clients += 1
      }
      if position.count < input.serverThreshold { cost += weight.servers }
      if position.count < input.target { cost += weight.clients }
      peak = max(
        peak,
        input.exposed(at: position.count, servers: asked.servers, clients: asked.clients))
    }
    self.init(positions: positions, cost: cost, peak: peak)
  }
}

extension OrderInput {
  private var clientsTakePart: Bool { !clients.isEmpty || waitingClients > 0 }

  /// The count at which nobody is exposed any more.
  fileprivate var target: Int { clientsTakePart ? clientThreshold : serverThreshold }

  /// How many hosts are exposed at a count, with so many asked from here on.
  fileprivate func exposed(at count: Int, servers: Int, clients: Int) -> Int {
    (count < serverThreshold ? waitingServers + servers : 0)
      + (count < target ? waitingClients + clients : 0)
  }

  fileprivate func allows(servers: Int, clients: Int) -> Bool {
    guard let maxExposed else { return true }
    let count = count + servers + clients
    return exposed(at: count, servers: servers, clients: clients) + spares <= maxExposed
  }

  /// Whether a server's ask would only overwrite another's record.
  fileprivate func serverOverwrites(at count: Int, clientsAsked: Int) -> Bool {
    memoryIsSmall && clientsAsked == 0 && waitingClients == 0 && !clients.isEmpty
      && count >= 2 * serverThreshold
  }
}

/// The shortest path from (0, 0) over the numbers of servers and clients asked.
private struct CheapestPath {
  let input: OrderInput
  /// How many asks until nobody that follows can be exposed.
  let length: Int
  private let servers: [Int]
  private let clients: [Int]
  /// The cost from a node to the end; `blocked` where no allowed path leads on.
  private var remaining: [Int] = []
  private static let blocked = Int.max

  init(_ input: OrderInput) {
    self.input = input
    length = max(0, input.target - 1 - input.count)
    servers = Self.sums(input.servers.prefix(length))
    clients = Self.sums(input.clients.prefix(length))
    solve()
  }

  /// Sums of the first 0, 1, 2 … weights.
  private static func sums(_ weights: ArraySlice<Int>) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(weights.count + 1)
    var sum = 0
    for weight in weights {
      sum += weight
      sums.append(sum)
    }
    return sums
  }

  private func index(_ i: Int, _ j: Int) -> Int { i * clients.count + j }

  /// The exposed weight once `i` servers and `j` clients asked.
  private func exposedWeight(_ i: Int, _ j: Int) -> Int {
    let count = input.count + i + j
    return (count < input.serverThreshold ? servers[i] : 0)
      + (count < input.target ? clients[j] : 0)
  }

  private mutating func solve() {
    remaining = Array(repeating: Self.blocked, count: servers.count * clients.count)
    for i in servers.indices.reversed() {
      for j in clients.indices.reversed() where i + j <= length {
        remaining[index(i, j)] = i + j == length ? 0 : min(viaServer(i, j), viaClient(i, j))
      }
    }
  }

  private func viaServer(_ i: Int, _ j: Int) -> Int {
    guard i + 1 < servers.count,
      !input.serverOverwrites(at: input.count + i + j, clientsAsked: j)
    else { return Self.blocked }
    return via(i + 1, j)
  }

  private func viaClient(_ i: Int, _ j: Int) -> Int {
    j + 1 < clients.count ? via(i, j + 1) : Self.blocked
  }

  private func via(_ i: Int, _ j: Int) -> Int {
    let rest = remaining[index(i, j)]
    guard rest != Self.blocked, input.allows(servers: i, clients: j) else { return Self.blocked }
    return exposedWeight(i, j) + rest
  }

  func positions() -> [Order.Position]? {
    guard input.count + input.servers.count + input.clients.count >= input.target else {
      return nil
    }
    var left = remaining[0]
    guard left != Self.blocked else { return nil }
    var positions: [Order.Position] = []
    positions.reserveCapacity(length)
    var (i, j) = (0, 0)
    while i + j < length {
      let kind: ProductKind
      if viaServer(i, j) == left {
        i += 1
        kind = .server
      } else {
        j += 1
        kind = .client
      }
      left -= exposedWeight(i, j)
      let count = input.count + i + j
      let threshold = kind == .server ? input.serverThreshold : input.target
      positions.append(
        Order.Position(kind: kind, count: count, exposed: count < threshold))
    }
    return positions
  }
}
