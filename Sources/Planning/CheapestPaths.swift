import VolumeActivation

/// The cheapest way on from each node, where node (i, j) is "i servers and j clients have asked".
///
/// A path ends one ask before the target, since the next ask relieves everybody. Numbers, not
/// hosts: at most target × target nodes, each looked at once.
struct CheapestPaths {
  /// How many asks until nobody that follows can be exposed.
  let length: Int
  private let count: Int
  private let serverThreshold: Int
  private let target: Int
  private let waitingServers: Int
  private let waitingClients: Int
  /// How many may be exposed beside the spares.
  private let limit: Int
  /// The count from which a server's ask only overwrites another's record, until a client asked.
  private let full: Int
  /// Weights of the first 0, 1, 2 … hosts together.
  private let servers: [Int]
  private let clients: [Int]
  /// The cost from a node to the end; `blocked` where no allowed path leads on.
  private var remaining: [Int] = []

  private static let blocked = Int.max

  init(_ input: OrderInput) {
    count = input.count
    serverThreshold = input.serverThreshold
    target = input.target
    waitingServers = input.waitingServers
    waitingClients = input.waitingClients
    limit = input.maxExposed.map { $0 - input.spares } ?? .max
    let fills = input.memoryIsSmall && !input.clients.isEmpty && input.waitingClients == 0
    full = fills ? 2 * input.serverThreshold : .max
    length = max(0, target - 1 - count)
    servers = Self.sums(input.servers.prefix(length))
    clients = Self.sums(input.clients.prefix(length))
    solve()
  }

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

  private mutating func solve() {
    remaining = [Int](repeating: Self.blocked, count: servers.count * clients.count)
    for i in stride(from: min(servers.count - 1, length), through: 0, by: -1) {
      for j in stride(from: min(clients.count - 1, length - i), through: 0, by: -1) {
        remaining[index(i, j)] = i + j == length ? 0 : min(viaServer(i, j), viaClient(i, j))
      }
    }
  }

  private func index(_ i: Int, _ j: Int) -> Int { i * clients.count + j }

  private func viaServer(_ i: Int, _ j: Int) -> Int {
    let overwrites = j == 0 && count + i >= full
    return i + 1 < servers.count && !overwrites ? via(i + 1, j) : Self.blocked
  }

  private func viaClient(_ i: Int, _ j: Int) -> Int {
    j + 1 < clients.count ? via(i, j + 1) : Self.blocked
  }

  /// The cost of standing at a node and of the way on from it.
  private func via(_ i: Int, _ j: Int) -> Int {
    let rest = remaining[index(i, j)]
    guard rest != Self.blocked, exposed(i, j) <= limit else { return Self.blocked }
    let asked = count + i + j
    return rest + (asked < serverThreshold ? servers[i] : 0) + (asked < target ? clients[j] : 0)
  }
}

extension CheapestPaths {
  /// The cost of the best path from the start; nil when none is allowed.
  var cost: Int? { remaining[0] == Self.blocked ? nil : remaining[0] }

  /// Who goes next from a node on a cheapest path.
  func next(_ i: Int, _ j: Int) -> ProductKind {
    viaServer(i, j) <= viaClient(i, j) ? .server : .client
  }

  /// How many hosts are exposed at a node.
  func exposed(_ i: Int, _ j: Int) -> Int {
    let asked = count + i + j
    return (asked < serverThreshold ? waitingServers + i : 0)
      + (asked < target ? waitingClients + j : 0)
  }
}
