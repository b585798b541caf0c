import Planning
import Testing

struct MusterDecisionTests {
  private func decision(
    servers: Int, clients: Int, count: Int = 0, withNothingToLose: Int = 0
  ) -> MusterDecision {
    MusterDecision(
      clients: clients == 0
        ? nil : Guard(threshold: 25, count: count, ready: servers + clients),
      servers: servers == 0
        ? nil : Guard(threshold: 5, count: count, ready: servers + withNothingToLose),
      confidence: 0.99)
  }

  @Test func `twelve servers and eight clients on a fresh host: the clients leave`() {
    let decision = decision(servers: 12, clients: 8)
    #expect(decision.scope == .serversAlone)
    #expect(decision.clients?.passes == false)
    #expect(decision.servers?.passes == true)
  }

  @Test func `no client with something to lose carries the servers to 5`() {
    #expect(decision(servers: 3, clients: 8).scope == .nobody)
    #expect(decision(servers: 3, clients: 8, withNothingToLose: 3).scope == .serversAlone)
  }

  @Test func `with 25 in reach everybody musters`() {
    let decision = decision(servers: 4, clients: 30)
    #expect(decision.scope == .everybody)
    #expect(decision.servers == nil)
    #expect(self.decision(servers: 0, clients: 30).scope == .everybody)
    #expect(self.decision(servers: 0, clients: 20).scope == .nobody)
  }

  @Test func `where both thresholds are reached there is nothing to guard`() {
    #expect(decision(servers: 1, clients: 1, count: 25).scope == .everybody)
    #expect(decision(servers: 1, clients: 1, count: 7).scope == .serversAlone)
  }
}
