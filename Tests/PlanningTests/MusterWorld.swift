import Planning
import VolumeActivation

/// A KMS host and a fleet small enough to try every order of its hosts on the KMS host's memory.
struct MusterWorld {
  var serverThreshold: Int
  var clientThreshold: Int
  /// How many other machines the KMS host remembers.
  var count: Int
  var memoryIsSmall: Bool
  /// Weights, ascending.
  var servers: [Int]
  var clients: [Int]

  /// One host's ask as an outsider sees it.
  struct Ask: Hashable {
    var kind: ProductKind
    var weight: Int
  }

  /// What an order came to.
  struct Course {
    var cost = 0
    var peak = 0
    /// Whether nobody was left exposed.
    var reached = false
    /// The count and the number exposed after each ask.
    var counts: [Int] = []
  }
}

extension MusterWorld {
  var input: OrderInput {
    var input = OrderInput(
      count: count, memoryIsSmall: memoryIsSmall, servers: servers, clients: clients)
    input.serverThreshold = serverThreshold
    input.clientThreshold = clientThreshold
    return input
  }

  /// What the KMS host remembers, as far as an order can feel it.
  ///
  /// Nobody of a fleet asks twice, so which record is overwritten does not matter, only how many.
  /// It is modelled here anew and knows nothing of the planner's paths; `KMSHostMemory`, which the
  /// simulated fleet uses, has to agree with it.
  struct Memory: Hashable {
    var machines: Int
    var room: Int

    /// A machine that is not remembered asks for a threshold, and is told the count.
    mutating func ask(threshold: Int) -> Int {
      room = max(room, 2 * threshold)
      machines = min(machines + 1, room)
      return machines
    }
  }

  /// The memory as it stands before the muster: `count` machines that nobody asks again.
  var memory: Memory {
    Memory(machines: count, room: 2 * (memoryIsSmall ? serverThreshold : clientThreshold))
  }

  /// Who asked, who waits, and what it has cost so far.
  private struct Run {
    var memory: Memory
    var waitingServers: (hosts: Int, weight: Int) = (0, 0)
    var waitingClients: (hosts: Int, weight: Int) = (0, 0)
    var cost = 0
    var peak = 0

    var exposed: Int { waitingServers.hosts + waitingClients.hosts }

    /// The host is changed and asks; then everybody whose threshold the count has reached is
    /// activated.
    mutating func take(_ ask: Ask, in world: MusterWorld) -> Int {
      let threshold = ask.kind == .server ? world.serverThreshold : world.clientThreshold
      let count = memory.ask(threshold: threshold)
      switch ask.kind {
      case .server: waitingServers = (waitingServers.hosts + 1, waitingServers.weight + ask.weight)
      case .client: waitingClients = (waitingClients.hosts + 1, waitingClients.weight + ask.weight)
      }
      if count >= world.serverThreshold { waitingServers = (0, 0) }
      if count >= world.clientThreshold { waitingClients = (0, 0) }
      cost += waitingServers.weight + waitingClients.weight
      peak = max(peak, exposed)
      return count
    }
  }

  /// Plays one order on the memory.
  func course(_ order: [Ask]) -> Course {
    var run = Run(memory: memory)
    let counts = order.map { run.take($0, in: self) }
    return Course(cost: run.cost, peak: run.peak, reached: run.exposed == 0, counts: counts)
  }

  /// For each peak the least cost of any order that has it and leaves nobody exposed.
  ///
  /// Tries every permutation of the hosts; those that only swap two equal hosts are tried once.
  func leastCostByPeak() -> [Int: Int] {
    var least: [Int: Int] = [:]
    var left: [(ask: Ask, hosts: Int)] = []
    for ask in servers.map({ Ask(kind: .server, weight: $0) })
      + clients.map({ Ask(kind: .client, weight: $0) })
    {
      if left.last?.ask == ask {
        left[left.count - 1].hosts += 1
      } else {
        left.append((ask, 1))
      }
    }
    func descend(_ run: Run) {
      var finished = true
      for index in left.indices where left[index].hosts > 0 {
        finished = false
        left[index].hosts -= 1
        var next = run
        _ = next.take(left[index].ask, in: self)
        descend(next)
        left[index].hosts += 1
      }
      if finished, run.exposed == 0 {
        least[run.peak] = min(least[run.peak] ?? .max, run.cost)
      }
    }
    descend(Run(memory: memory))
    return least
  }

  /// An order with those who come after it: everybody who is left, heaviest first.
  func asks(of order: Order) -> [Ask] {
    var servers = self.servers[...]
    var clients = self.clients[...]
    var asks = order.positions.map { position in
      switch position.kind {
      case .server: Ask(kind: .server, weight: servers.removeFirst())
      case .client: Ask(kind: .client, weight: clients.removeFirst())
      }
    }
    asks += servers.map { Ask(kind: .server, weight: $0) }.reversed()
    asks += clients.map { Ask(kind: .client, weight: $0) }.reversed()
    return asks
  }
}

extension MusterWorld {
  /// Every world of so many hosts at two thresholds: all splits into servers and clients, all
  /// weights from a small set, all counts, with the memory small and large.
  static func all(
    hosts: ClosedRange<Int>, weights: [Int], serverThreshold: Int, clientThreshold: Int
  ) -> [MusterWorld] {
    var worlds: [MusterWorld] = []
    for total in hosts {
      for serverCount in 0...total {
        for servers in multisets(of: serverCount, from: weights) {
          for clients in multisets(of: total - serverCount, from: weights) {
            for small in [true, false] {
              for count in 0...(small ? 2 * serverThreshold : clientThreshold) {
                worlds.append(
                  MusterWorld(
                    serverThreshold: serverThreshold, clientThreshold: clientThreshold,
                    count: count, memoryIsSmall: small, servers: servers, clients: clients))
              }
            }
          }
        }
      }
    }
    return worlds
  }

  /// All ascending lists of `count` values.
  private static func multisets(of count: Int, from values: [Int]) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return values.indices.flatMap { index in
      multisets(of: count - 1, from: Array(values[index...])).map { [values[index]] + $0 }
    }
  }
}
