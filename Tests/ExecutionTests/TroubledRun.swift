import Engine
import Execution
import Planning
import Randomness
import SimulatedFleet
import Synchronization
import VolumeActivation

/// A run from a seed: a fleet with faults, people who say things, kills, interruptions, and somebody
/// who releases the holds afterwards.
struct TroubledRun: Sendable {
  let world: World
  private var chance: SplitMix64
  private var lines: [ScriptedInbox.Line] = []

  init(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let faults = [FaultProfile.rough, .hostile, .network, .kmsHosts][Int(chance.below(4))]
    let clients = 28 + Int(chance.below(12))
    let more = Int(chance.below(30))
    let plan = try RunFixture.plan(clients: clients, more: more) { policy in
      policy.failureBudget = .percent(50)
      policy.concurrency = 1 + Int(chance.below(24))
      policy.onGuardTrip = chance.below(2) == 0 ? .hold : .rollback
      policy.stepOrder = chance.below(4) == 0 ? .documented : .pointFirst
    }
    world = World(plan, seed: seed, faults: faults)
    for number in 0..<chance.below(12) {
      let at = plan.header.asOf + Milliseconds(rawValue: Int64(chance.below(12 * 3_600_000)))
      lines.append(
        ScriptedInbox.Line(at, Self.verb(&chance, hosts: clients + more), id: "said-\(number)"))
    }
    lines.sort { $0.at < $1.at }
    self.chance = chance
  }

  private static func verb(_ chance: inout SplitMix64, hosts: Int) -> Command.Verb {
    let host = HostID(rawValue: UInt32(chance.below(UInt64(hosts))))
    switch chance.below(8) {
    case 0: return .hold
    case 1: return .resume((1...9).map(HoldID.init(rawValue:)))
    case 2, 3: return .skip(host)
    case 4: return .rollback([host])
    case 5: return .rollback((0..<UInt32(hosts)).map(HostID.init(rawValue:)))
    case 6: return .retry((0..<UInt32(hosts)).map(HostID.init(rawValue:)), grant: 1)
    default: return .tune(Tuning(concurrency: 1 + Int(chance.below(24))))
    }
  }

  /// Lets up to twelve processes have the run, one after the other.
  mutating func run() throws {
    for process in 0..<12 {
      let holds = process == 0 ? [] : try held()
      let commands =
        holds.isEmpty
        ? []
        : [Command(id: CommandID(rawValue: "resume-\(process)"), verb: .resume(holds))]
      let ports = try world.ports(
        inbox: ScriptedInbox(lines, clock: world.clock), stops: interruptions())
      if chance.below(2) == 0 {
        world.journal.fail(after: Int(chance.below(400)), with: .failed("killed"))
      }
      do {
        if try world.run(commands, ports: ports).ending == .finished { return }
      } catch is JournalError {
        // This was the kill.
      }
      world.journal.reopen()
    }
  }

  /// Somebody presses Ctrl-C, and sometimes again.
  private mutating func interruptions() -> AsyncStream<Int>? {
    guard chance.below(3) == 0 else { return nil }
    let clock = world.clock
    let first = Milliseconds(rawValue: Int64(chance.below(3 * 3_600_000)))
    let second = Milliseconds(rawValue: Int64(chance.below(60_000)))
    let pauses = Mutex([first, second])
    return AsyncStream {
      let pause = pauses.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      guard let pause, (try? await clock.sleep(for: pause)) != nil else { return nil }
      return 1
    }
  }

  private func held() throws -> [HoldID] {
    try world.contents().run.holds.map(\.id)
  }
}
