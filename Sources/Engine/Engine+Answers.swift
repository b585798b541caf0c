import Planning
import VolumeActivation

// What hosts said.
extension Engine {
  mutating func fold(_ look: Look, of index: Int, at now: Timestamp) {
    desk.looking.remove(index)
    desk.stale.remove(index)
    proveAccount()
    let mak = shape.facts[index].mak
    let condemned = mak.map { run.purses[$0].condemned != nil } ?? false
    let era = run.lookEra
    let shape = shape
    let quiet = rules.contains(.quiet)
    let look = judgeClock(look, kmsHost: shape.facts[index].kmsHost)
    let finding = change(index, at: now) { run -> HostRun.Finding? in
      if run.marks.contains(.closing) {
        run.marks.remove(.closing)
        return run.close(look)
      }
      if !quiet { run.doubtSince = nil }
      return run.see(look, at: now, era: era, keyCondemned: condemned, policy: shape.policy)
    }
    note(machineOf: index, at: now)
    switch finding {
    case .editionChanged: call(.run, .editionChanged(id(index)))
    case .addOnLost:
      call(.kmsHost(KMSHostID(rawValue: UInt16(shape.facts[index].kmsHost))), .addOnLost(id(index)))
    case nil: break
    }
    noteFailure(of: index)
  }

  /// KMS compares the clocks of host and KMS host, so that ours does not matter.
  private func judgeClock(_ look: Look, kmsHost: Int) -> Look {
    guard let reading = run.kmsHosts[kmsHost].reading else { return look }
    var look = look
    if abs(Int(look.skewMinutes) - Int(reading.skewMinutes)) >= 4 * 60 {
      look.obstacles.insert(.clock)
    }
    return look
  }

  mutating func fold(_ silence: Silence, of index: Int, at now: Timestamp) {
    desk.looking.remove(index)
    watchAccount(silence)
    let shape = shape
    change(index, at: now) { run in
      run.missLook(at: now, policy: shape.policy)
      if run.marks.contains(.closing), Int(run.tries) > shape.policy.retries {
        run.marks.remove(.closing)  // what could not be looked at is reported as it was last known
        run.due = nil
      }
      if case .unsettled = run.phase { run.due = now + Self.slowLook }
    }
  }

  /// Somebody let the account in.
  mutating func proveAccount() {
    run.authenticationFailures = 0
    run.accountProved = true
  }

  mutating func watchAccount(_ silence: Silence) {
    switch silence {
    case .authentication: run.authenticationFailures += 1
    case .unreachable, .lost: break
    }
  }

  mutating func fold(
    _ outcome: Outcome, of index: Int, attempt: UInt32, at now: Timestamp
  ) {
    guard case .underWay(let step) = hosts[index].phase, hosts[index].attempt == attempt else {
      return
    }
    let fact = shape.facts[index]
    let answer = Answer(outcome, to: step)
    switch outcome {
    case .silent(let silence): watchAccount(silence)
    case .done: proveAccount()
    case .refused(let code):
      proveAccount()
      judge(code, step, index)
    }
    if answer == .done { run.pace = min(run.pace + 1, 1_000_000) }
    if step == .ato, answer == .done || answer == .counted { count(index, answer, at: now) }
    if step == .atoMAK || step == .cid, answer == .done, let mak = fact.mak {
      run.purses[mak].proved = true
    }
    let shape = shape
    change(index, at: now) { $0.settle(answer, at: now, policy: shape.policy) }
    run.kmsHosts[fact.kmsHost].stirredAt = now
    noteFailure(of: index)
  }

  /// A code may condemn more than the host that got it.
  private mutating func judge(_ code: HRESULT, _ step: Step, _ index: Int) {
    let fact = shape.facts[index]
    switch ActivationError(code).turn(during: step.operation) {
    case .retry, .waitForCount, .look, .holdHost: break
    case .holdWave:
      if fact.musters, desk.exposedByKMSHost[fact.kmsHost] > 0, step == .ato {
        closePath(of: index)  // the others are needed to relieve those exposed
      } else {
        call(.wave(WaveID(rawValue: UInt16(fact.wave))), .activationError(code))
      }
    case .holdRun:
      if step == .atoMAK || step == .ipkMAK, let mak = fact.mak {
        run.purses[mak].condemned = code
      }
      call(.run, .activationError(code))
    }
  }

  /// The product is not served: no further host of its path is begun.
  private mutating func closePath(of index: Int) {
    let path = shape.facts[index].path
    run.paths[path].refused = true
    desk.hasClosedPaths = true
    desk.forgetPool(of: shape.facts[index].kmsHost)
    desk.stir(shape.facts[index].kmsHost)
  }

  /// A host's request is known to have reached its KMS host.
  private mutating func count(_ index: Int, _ answer: Answer, at now: Timestamp) {
    let fact = shape.facts[index]
    let host = hosts[index]
    let knowledge = run.kmsHosts[fact.kmsHost]
    defer { wake(fact.kmsHost, since: knowledge) }
    if !run.paths[fact.path].proved {
      run.paths[fact.path].proved = true
      desk.hasClosedPaths = run.paths.contains(where: \.isClosed)
      desk.forgetPool(of: fact.kmsHost)
    }
    let isRemembered = !host.marks.contains(.overtaken)
    if fact.kind == .client, isRemembered { run.kmsHosts[fact.kmsHost].largeMemory = true }
    let isFirst = !host.marks.contains(.counted)
    let raises = fact.raisesCount && !host.marks.contains(.twin)
    if isFirst, !host.way.contains(.askOnly) {
      run.kmsHosts[fact.kmsHost].counted += 1
      let isNew = host.reading == knowledge.readings || !rules.contains(.changedAddsNothing)
      if raises, isNew, isRemembered { run.kmsHosts[fact.kmsHost].countedSince += 1 }
    }
    if raises, isRemembered, isFirst || host.asked < knowledge.fell {
      run.kmsHosts[fact.kmsHost].known += 1
    }
    hosts[index].marks.insert(.counted)
    if isRemembered { hosts[index].asked = knowledge.readings }  // else it is asked again
    desk.stir(fact.kmsHost)
    if desk.reading.contains(fact.kmsHost) { desk.overtaken.insert(fact.kmsHost) }
    if answer == .counted, let count = knowledge.reading?.count,
      Int(count) >= thresholds[fact.kind], knowledge.readAt != nil
    {
      if hosts[index].strays < .max { hosts[index].strays += 1 }
      if hosts[index].strays >= 3 {
        call(.kmsHost(KMSHostID(rawValue: UInt16(fact.kmsHost))), .asksAnotherHost(id(index)))
      }
    }
  }

  /// A changed host that turned back without ever being counted speaks against its path, or
  /// against the belief in those that are left.
  mutating func noteFailure(of index: Int) {
    let host = hosts[index]
    guard host.touched == .key, !host.marks.contains(.counted), !host.marks.contains(.lost) else {
      return
    }
    switch host.phase {
    case .check, .stranded, .drifted, .unsettled:
      hosts[index].marks.insert(.lost)
      let fact = shape.facts[index]
      if run.paths[fact.path].proved {
        run.kmsHosts[fact.kmsHost].failed += 1
      } else {
        run.paths[fact.path].failures += 1
        if run.paths[fact.path].isClosed {
          desk.hasClosedPaths = true
          desk.forgetPool(of: fact.kmsHost)
        }
      }
      desk.stir(fact.kmsHost)
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .licensed, .restored, .failed,
      .skipped:
      break
    }
  }
}
