import Engine
import Execution
import Planning
import SimulatedFleet
import Testing
import VolumeActivation

/// Small plans and the fleets that they expect; every name and MAK is made up.
enum RunFixture {
  static let start = Timestamp(rawValue: 1_764_000_000_000)
  static let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  /// A muster wave of `clients` Windows 10 machines, then one rollout wave of `more` of them.
  static func plan(
    clients: Int, more: Int = 0, count: Int = 0, approve: Bool = false,
    changing: (inout Policy) -> Void = { _ in }
  ) throws -> Plan {
    var policy = Policy()
    policy.soak = .minutes(5)
    changing(&policy)
    let total = clients + more
    let hosts = try (0..<total).map { number in
      PlannedHost(
        name: try #require(HostName("pc-\(number).contoso.com")), action: .migrate,
        wave: WaveID(rawValue: number < clients ? 0 : 1), kmsHost: KMSHostID(rawValue: 0),
        site: "hq", kind: .client, product: "Windows 10",
        edition: EditionID(rawValue: "Enterprise"),
        version: NTVersion(10, 0), build: 19045, from: PartialProductKey("B7B7B"),
        to: try #require(PartialProductKey("2YT43")), licensed: true,
        clientMachineID: ClientMachineID(high: 7, low: UInt64(number + 1)), raisesCount: true,
        wayBack: .online(MAKID(rawValue: 0)), weight: 1, group: nil, exposed: number < clients)
    }
    let peak = min(clients, 25)
    let header = PlanHeader(
      draft: false, asOf: start, inventory: PlanDigest(rawValue: ""), policy: policy,
      kmsHosts: [
        PlannedKMSHost(
          address: KMSAddress(name: try #require(HostName("kms01.contoso.com"))),
          hostKey: "Windows Server 2022", count: count, countSource: .declared, projections: [],
          peakExposed: peak)
      ],
      maks: [
        PlannedMAK(
          endsWith: try #require(PartialProductKey("B7B7B")), activationsLeft: 100, hosts: total,
          peak: peak)
      ], entitlements: [], warnings: [])
    var waves = [
      Wave(
        number: 1, kind: .muster, kmsHost: KMSHostID(rawValue: 0), hosts: clients,
        peakExposed: peak, needsApproval: false, sites: ["hq"])
    ]
    if more > 0 {
      waves.append(
        Wave(
          number: 2, kind: .rollout, kmsHost: KMSHostID(rawValue: 0), hosts: more, peakExposed: 0,
          needsApproval: approve, sites: ["hq"]))
    }
    return Plan(
      header: header, waves: waves, hosts: hosts, leftOut: [],
      digest: PlanDigest(rawValue: String(repeating: "a", count: 64)))
  }

  static func keys() throws -> RunKeys {
    RunKeys(maks: [MAKID(rawValue: 0): try ProductKey(mak)])
  }

  /// Options without a heartbeat: in virtual time nothing happens between two events.
  static var options: RunOptions {
    var options = RunOptions()
    options.heartbeat = nil
    return options
  }
}

/// One plan, its fleet and its journal, which outlive the processes that drive them.
struct World: Sendable {
  let plan: Plan
  let fleet: MemoryFleet
  let clock: VirtualClock
  let journal: MemoryJournal

  init(_ plan: Plan, seed: UInt64 = 1, faults: FaultProfile = .none) {
    self.plan = plan
    fleet = MemoryFleet(SimulatedFleet(plan: plan, seed: seed, faults: faults))
    clock = VirtualClock(startingAt: plan.header.asOf)
    journal = MemoryJournal(plan: plan)
  }

  func ports(
    journal double: (any Journal)? = nil, inbox: (any Inbox)? = nil,
    stops: AsyncStream<Int>? = nil, observe: @escaping @Sendable (RunNotice) -> Void = { _ in }
  ) throws -> RunPorts {
    RunPorts(
      client: SimulatedClient(fleet, clock: clock), journal: double ?? journal, clock: clock,
      keys: try RunFixture.keys(), inbox: inbox, stops: stops, observe: observe)
  }

  /// Runs the plan on this thread in virtual time until it ends.
  func run(
    _ commands: [Command] = [], options: RunOptions = RunFixture.options, ports: RunPorts? = nil
  ) throws -> RunReport {
    let executor = try Executor(plan: plan, ports: try ports ?? self.ports(), options: options)
    return try inVirtualTime { try await executor.run(commands) }
  }

  func check() throws -> JournalCheck {
    let (plan, journal) = (plan, journal)
    return try inVirtualTime { try await JournalCheck(of: journal, plan: plan) }
  }

  /// What the journal holds now.
  func contents() throws -> JournalContents {
    let journal = journal
    return try inVirtualTime { try await journal.load() }
  }

  func reply(to command: String) throws -> Reply? {
    let journal = journal
    return try inVirtualTime { try await journal.reply(to: CommandID(rawValue: command)) }
  }

  /// Performs `body` on this thread, in virtual time.
  func inVirtualTime<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let result = VirtualExecutor(clock: clock).run { () async -> Result<Value, any Error> in
      do { return .success(try await body()) } catch { return .failure(error) }
    }
    return try #require(result, "it waits for something that never comes").get()
  }

  /// What a look at a host shows now.
  func state(of host: HostID) throws -> HostState {
    try fleet.use(at: clock.now()) { $0.state(Int(host.rawValue), at: clock.now()) }
  }

  func licensed() throws -> Int {
    try fleet.use(at: clock.now()) { fleet in
      plan.hosts.indices.count { place in
        let state = fleet.state(place, at: clock.now())
        return state.status == .licensed && state.partialKey == plan.hosts[place].to
      }
    }
  }
}
