import Engine
import Planning
import Randomness
import VolumeActivation

/// A small world under the engine: hosts, KMS hosts, faults from a seed, and time that jumps.
struct World {
  var machines: [Machine]
  var kmsHosts: [KMSHostMemory<UInt32>]
  var kmsBoot: [Timestamp]
  /// Machines that were counted before the run.
  var chance: SplitMix64
  var faults = Faults()
  var now = Timestamp(rawValue: 1_000_000_000)
  var queue: [Pending] = []
  var order = 0

  struct Machine {
    var key = InstalledKey.original
    var licensed = true
    var points = false
    var reachable = true
    var cmid: UInt32
    var kind: ProductKind
    var kmsHost: Int
    var burnt = 0
    var bootedAt = Timestamp(rawValue: 0)
    var running: [Step] = []
  }

  /// How often things go wrong, out of a thousand.
  struct Faults {
    var lost = 0
    var late = 0
    var refused = 0
    var unreachable = 0
  }

  struct Pending {
    var at: Timestamp
    var order: Int
    var what: What

    enum What {
      case event(Event.What)
      case look(HostID)
      case read(KMSHostID)
      case execute(HostID, Step)
    }
  }
}

extension World {
  init(plan: Plan, seed: UInt64, counted: Int = 0) {
    chance = SplitMix64(seed: seed)
    machines = plan.hosts.enumerated().map { index, host in
      var machine = Machine(
        cmid: UInt32(index + 1), kind: host.kind, kmsHost: Int(host.kmsHost.rawValue))
      if host.action == .ask { machine.key = .target }
      machine.licensed = host.licensed
      if host.action == .ask { machine.points = true }
      return machine
    }
    kmsHosts = plan.header.kmsHosts.map { _ in KMSHostMemory() }
    kmsBoot = plan.header.kmsHosts.map { _ in Timestamp(rawValue: 0) }
    for number in kmsHosts.indices {
      for other in 0..<counted {
        _ = kmsHosts[number].request(UInt32(1_000_000 + other), threshold: 25, at: now)
      }
    }
  }

  mutating func push(_ delay: Milliseconds, _ what: Pending.What) {
    order += 1
    let pending = Pending(at: now + delay, order: order, what: what)
    let place = queue.firstIndex { ($0.at, $0.order) > (pending.at, pending.order) } ?? queue.count
    queue.insert(pending, at: place)
  }

  func look(_ host: Int) -> Look {
    let machine = machines[host]
    return Look(
      key: machine.key, licensed: machine.licensed, pointsAtKMSHost: machine.points,
      settingsAsBefore: !machine.points, machine: machine.cmid, bootedAt: machine.bootedAt)
  }

  /// What the host does, and answers.
  mutating func execute(_ step: Step, _ host: Int) -> Outcome {
    switch step {
    case .skms: machines[host].points = true
    case .rkms: machines[host].points = false
    case .ipk:
      machines[host].key = .target
      machines[host].licensed = false
    case .ipkMAK:
      machines[host].key = .original
      machines[host].licensed = false
    case .ato:
      guard machines[host].key == .target else { return .refused(0xC004_F014) }
      let machine = machines[host]
      let count = kmsHosts[machine.kmsHost].request(
        machine.cmid, threshold: machine.kind.threshold, at: now)
      if machine.licensed { return .done }
      guard count >= machine.kind.threshold else { return .refused(.countTooLow) }
      machines[host].licensed = true
    case .cid, .atoMAK:
      guard machines[host].key == .original else { return .refused(0xC004_F014) }
      if step == .atoMAK { machines[host].burnt += 1 }
      machines[host].licensed = true
    }
    return .done
  }

  mutating func send(_ step: Step, _ host: HostID, attempt: UInt32) {
    let index = Int(host.rawValue)
    func answer(_ outcome: Outcome) -> Pending.What {
      .event(.answered(host, attempt: attempt, outcome))
    }
    if !machines[index].reachable {
      push(.seconds(5), answer(.silent(.unreachable)))
    } else if chance.happens(permille: faults.lost) {
      if chance.happens(permille: 500) { _ = execute(step, index) }
      push(.minutes(5), answer(.silent(.lost)))
    } else if chance.happens(permille: faults.late) {
      machines[index].running.append(step)
      push(.minutes(5), answer(.silent(.lost)))
      push(Milliseconds(rawValue: 300_000 + Int64(chance.next() % 800_000)), .execute(host, step))
    } else if chance.happens(permille: faults.refused) {
      // "Service not up": proven not executed.
      push(.seconds(1), answer(.refused(step == .atoMAK ? 0x8007_232B : 0xC004_F075)))
    } else {
      let outcome = execute(step, index)
      push(Milliseconds(rawValue: 500 + Int64(chance.next() % 3000)), answer(outcome))
    }
  }
}
