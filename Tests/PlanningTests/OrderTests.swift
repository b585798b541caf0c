import Planning
import Randomness
import Testing
import VolumeActivation

/// Two thresholds at which a memory of twice the lower one binds.
struct Thresholds: CustomTestStringConvertible {
  var server: Int
  var client: Int

  var testDescription: String { "\(server)/\(client)" }

  static let thatBind = [
    Thresholds(server: 2, client: 6), Thresholds(server: 2, client: 7),
    Thresholds(server: 2, client: 8),
  ]
}

struct OrderTests {
  @Test(arguments: Thresholds.thatBind)
  func `the order equals the best of all permutations on the KMS host's memory`(
    thresholds: Thresholds
  ) {
    let worlds = MusterWorld.all(
      hosts: 1...7, weights: [0, 1, 3], serverThreshold: thresholds.server,
      clientThreshold: thresholds.client)
    var feasible = 0
    for world in worlds {
      let least = world.leastCostByPeak()
      for limit in [nil] + (0...7).map(Optional.some) {
        var input = world.input
        input.maxExposed = limit
        let order = Order(input)
        let allowed = least.filter { peak, _ in peak <= limit ?? .max }
        guard order?.cost == allowed.values.min(), order?.peak == allowed.keys.min() else {
          Issue.record("\(world), limit \(limit as Any): \(order as Any), best \(allowed)")
          return
        }
        if order != nil { feasible += 1 }
      }
    }
    #expect(feasible > 10_000)
  }

  @Test(arguments: UInt64(0)..<200)
  func `the worlds' memory and the simulated fleet's tell the same counts`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let thresholds = Thresholds.thatBind[Int(seed % 3)]
    var real = KMSHostMemory<Int>()
    var model = MusterWorld.Memory(machines: 0, room: 0)
    for machine in 0..<30 {
      let threshold = random.happens(0.8) ? thresholds.server : thresholds.client
      let count = real.request(machine, threshold: threshold, at: Timestamp(rawValue: 0))
      #expect(model.ask(threshold: threshold) == count)
    }
  }

  @Test(arguments: Thresholds.thatBind)
  func `each position comes to the count and the exposure that it was given`(
    thresholds: Thresholds
  ) {
    for world in MusterWorld.all(
      hosts: 1...6, weights: [1, 2], serverThreshold: thresholds.server,
      clientThreshold: thresholds.client)
    {
      guard let order = Order(world.input) else { continue }
      let course = world.course(world.asks(of: order))
      guard course.reached, course.cost == order.cost, course.peak == order.peak,
        order.positions.map(\.count) == Array(course.counts.prefix(order.positions.count)),
        order.positions.allSatisfy({ position in
          position.exposed
            == (position.count < (position.kind == .server ? thresholds.server : thresholds.client))
        })
      else {
        Issue.record("\(world): \(order), played \(course)")
        return
      }
    }
  }

  @Test(arguments: Thresholds.thatBind)
  func `an order that ignores the memory is dearer in some worlds`(thresholds: Thresholds) {
    var dearer = 0
    for world in MusterWorld.all(
      hosts: 1...6, weights: [1, 2], serverThreshold: thresholds.server,
      clientThreshold: thresholds.client) where world.memoryIsSmall
    {
      var forgetful = world
      forgetful.memoryIsSmall = false
      guard let best = Order(world.input), let naive = Order(forgetful.input) else { continue }
      let course = world.course(world.asks(of: naive))
      #expect(!course.reached || course.cost >= best.cost)
      if !course.reached || course.cost > best.cost { dearer += 1 }
    }
    #expect(dearer > 0)
  }

  @Test func `spares are kept free of the limit`() throws {
    var input = OrderInput(
      count: 0, memoryIsSmall: true, servers: Array(repeating: 1, count: 12),
      clients: Array(repeating: 1, count: 20))
    let peak = try #require(Order(input)).peak
    input.spares = 2
    input.maxExposed = peak + 2
    #expect(Order(input) != nil)
    input.maxExposed = peak + 1
    #expect(Order(input) == nil)
  }

  @Test func `twelve servers and twenty clients at 8 expose four`() throws {
    // PLANNING.md, section 1.1: servers first without the memory rule expose 14.
    let order = try #require(
      Order(
        OrderInput(
          count: 8, memoryIsSmall: true, servers: Array(repeating: 1, count: 12),
          clients: Array(repeating: 1, count: 20))))
    #expect(order.positions.count(where: \.exposed) == 4)
    #expect(order.cost == 20)
  }

  @Test func `four servers and thirty clients go servers first`() throws {
    // PLANNING.md, section 1.1: 430 against 452 for clients first.
    let order = try #require(
      Order(
        OrderInput(
          count: 0, memoryIsSmall: true, servers: Array(repeating: 1, count: 4),
          clients: Array(repeating: 2, count: 30))))
    #expect(order.cost == 430)
    #expect(order.positions.prefix(4).allSatisfy { $0.kind == .server })
  }

  @Test func `too few hosts, or a count there already, need no path`() {
    #expect(Order(OrderInput(count: 4, memoryIsSmall: false, servers: [], clients: [1, 1])) == nil)
    let done = Order(OrderInput(count: 24, memoryIsSmall: false, servers: [7], clients: [9]))
    #expect(done?.positions.isEmpty == true && done?.cost == 0 && done?.peak == 0)
    let servers = Order(
      OrderInput(count: 0, memoryIsSmall: true, servers: [1, 1, 1, 1], clients: []))
    #expect(servers == nil)
  }

  @Test func `those who wait already count against the limit`() {
    var input = OrderInput(
      count: 20, memoryIsSmall: false, servers: [], clients: Array(repeating: 1, count: 10))
    input.waitingClients = 12
    #expect(Order(input)?.peak == 16)
    input.maxExposed = 15
    #expect(Order(input) == nil)
    input.maxExposed = 16
    #expect(Order(input) != nil)
  }

  @Test(arguments: UInt64(0)..<200)
  func `the rest of an order is the best order from there on`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let servers = (0..<Int.random(in: 0...15, using: &random)).map { _ in
      Int.random(in: 0...5, using: &random)
    }.sorted()
    let clients = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      Int.random(in: 0...5, using: &random)
    }.sorted()
    var input = OrderInput(
      count: Int.random(in: 0...10, using: &random), memoryIsSmall: true, servers: servers,
      clients: clients)
    guard let whole = Order(input) else { return }
    for (asked, position) in whole.positions.enumerated() {
      switch position.kind {
      case .server:
        input.servers.removeFirst()
        if position.exposed { input.waitingServers += 1 }
      case .client:
        input.clients.removeFirst()
        input.memoryIsSmall = false
        input.waitingClients += 1
      }
      input.count += 1
      if input.count >= input.serverThreshold { input.waitingServers = 0 }
      let rest = try #require(Order(input))
      #expect(rest.positions == Array(whole.positions.dropFirst(asked + 1)))
      #expect(rest.peak <= whole.peak)
    }
  }

  @Test func `a hundred thousand hosts are no harder than fifty`() throws {
    let many = OrderInput(
      count: 3, memoryIsSmall: true, servers: Array(repeating: 2, count: 100_000),
      clients: Array(repeating: 1, count: 100_000))
    let few = OrderInput(
      count: 3, memoryIsSmall: true, servers: Array(repeating: 2, count: 25),
      clients: Array(repeating: 1, count: 25))
    #expect(Order(many) == Order(few))
  }
}
