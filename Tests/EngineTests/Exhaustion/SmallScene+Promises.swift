import Engine
import Planning
import VolumeActivation

// What must never be: DESIGN's invariants.
extension SmallScene {
  private mutating func fail(_ promise: String) {
    if broken == nil { broken = promise }
  }

  /// What each event must not do.
  mutating func judge(_ event: Event) {
    if case .intended(let host, let step, _) = event.what { judge(step, Int(host.rawValue)) }
    let policy = engine.plan.header.policy
    let exposed = engine.hosts.count { $0.isExposed }
    if exposed > policy.maxExposed { fail("more hosts are exposed than allowed") }
    if exposed != engine.exposed { fail("the sum of the exposed is wrong") }
    let bound = engine.hosts.reduce(0) {
      $0 + Int($1.spent)
        + ($1.marks.contains(.reserved) ? max(0, Int($1.granted) - Int($1.spent)) : 0)
    }
    if bound > engine.plan.header.maks[0].activationsLeft {
      fail("more activations are spent and held than there are")
    }
  }

  private mutating func judge(_ step: Step, _ host: Int) {
    let run = engine.hosts[host]
    let machine = world.machines[host]
    if machine.late.contains(where: \.isRisky) { fail("a step is sent while another still runs") }
    if machine.call != .none { fail("a step is sent while another is under way") }
    if machine.key == .other, !machine.isChangedUnseen { fail("somebody's change is overwritten") }
    switch step {
    case .skms, .ipk:
      if isHeldByPerson { fail("an unchanged host is begun during a hold") }
      if run.lookEra != engine.run.lookEra { fail("a host is changed that was not looked at") }
      if let seen = run.lookedAt, now - seen > Untimed.span {
        fail("a host is changed on an old look")
      }
      if step == .ipk { judgeKey(host) }
    case .ipkMAK:
      if run.reason == .rescue, machine.key == .target, machine.licensed, !machine.isChangedUnseen {
        fail("a KMS licence is thrown away to rescue")
      }
    case .ato, .cid, .atoMAK, .rkms: break
    }
  }

  private mutating func judgeKey(_ host: Int) {
    if !engine.hosts[host].marks.contains(.reserved) { fail("no way back is reserved") }
    guard engine.run.kmsHosts[0].reading != nil else {
      fail("a host is changed before the count was read")
      return
    }
    if !world.hasRestarted, reachable < setting.thresholds[setting.kinds[host]] {
      fail("a host is changed though the count cannot be reached")
    }
  }

  /// What the count comes to if everybody asks who still can.
  private var reachable: Int {
    let able = engine.hosts.indices.filter { host in
      let run = engine.hosts[host]
      let goesOn = run.touched == .key && run.isExposed && run.phase.step?.isForward == true
      let waits = run.phase == .waiting && run.isExposed  // asks again by itself
      return goesOn || waits || run.touched < .key && !run.phase.isResting
    }
    let new = able.filter { !world.memory.remembers(UInt8($0), at: .beginning) }
    let isLarge =
      world.memory.greatestThreshold >= setting.thresholds.client
      || able.contains { setting.kinds[$0] == .client }
    let capacity = isLarge ? setting.thresholds.largeMemory : setting.thresholds.smallMemory
    return max(Int(count), min(Int(count) + new.count, capacity))
  }

  /// What must not be in any state; nil when all is well.
  var brokenPromise: String? {
    var exposed = 0
    let burnt = world.machines.reduce(0) { $0 + Int($1.burnt) }
    if burnt > setting.account { return "more activations are burnt than the MAK has" }
    for host in world.machines.indices {
      let machine = world.machines[host]
      if machine.key == .target, !machine.licensed {
        exposed += 1
        if !machine.points { return "an exposed host points nowhere" }
      }
      if let promise = brokenRest(host) { return promise }
      if machine.burnt > engine.hosts[host].spent {
        return "more activations are burnt than counted"
      }
    }
    if exposed > engine.plan.header.policy.maxExposed {
      return "more machines are exposed than allowed"
    }
    return nil
  }

  private func brokenRest(_ host: Int) -> String? {
    let run = engine.hosts[host]
    let machine = world.machines[host]
    switch run.phase {
    case .licensed:
      if machine.key != .target || !machine.licensed { return "says licensed, is not" }
    case .restored, .failed, .skipped:
      if machine.key != .original || !machine.licensed {
        return "says unchanged or restored, is not"
      }
    case .drifted: return "says drifted, and nobody laid hand on it"
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .stranded, .unsettled:
      return nil
    }
    if machine.late.contains(where: \.isRisky) { return "rests while a step still runs" }
    return nil
  }
}
