import Engine
import Planning
import VolumeActivation

extension Shell {
  /// The first thing in every run, and what a person asked of it before anything else.
  mutating func begin(epoch: UInt32, _ commands: [Command]) {
    fold(.started(epoch: epoch))
    // A process that was killed while it drained, or on a full disk, could not say that it is over.
    for hold in engine.run.holds where hold.reason.isOfOneProcess { fold(.released(hold.id)) }
    asked = commands.map(\.id)
    for command in commands { obey(command) }
    guard options.onlyBack else { return }
    for case .rollback(let hosts) in commands.map(\.verb) { takingBack.formUnion(hosts) }
    let waves = Set(takingBack.map { planned($0).wave })
    for (index, state) in engine.run.waves.enumerated() where state.stage != .closed {
      let wave = WaveID(rawValue: UInt16(index))
      guard !waves.contains(wave) || state.stage == .pending else { continue }
      raise(.interrupted, scope: .wave(wave))
    }
  }

  /// Takes in what a child brought.
  ///
  /// Throws when the run cannot go on in this process.
  mutating func receive(_ arrival: Arrival) throws {
    switch arrival {
    case .looked(let host, let result, let checkpoint):
      calls -= 1
      takeIn(host, result, checkpoint: checkpoint)
    case .read(let kmsHost, let result, let known):
      calls -= 1
      takeIn(kmsHost, result, known: known)
    case .answered(let host, let attempt, let outcome):
      calls -= 1
      fold(.answered(host, attempt: attempt, outcome))
    case .committed(let error): try settleCommit(error)
    case .woke(let instant): pauses.remove(instant)
    case .commands(let commands):
      wantsCommands = true
      for command in commands { obey(command) }
    case .lastCommands(let commands):
      if case .asking(let since) = lastCall { lastCall = .nothing(since: since) }
      for command in commands { obey(command) }
    case .stop: stop()
    case .room(let hasRoom): hasRoom ? thaw() : lookForRoomLater(trying: true)
    case .failed(let error): throw error
    case .nothing: break
    }
  }

  private mutating func takeIn(
    _ host: HostID, _ result: Result<HostState, LicensingFailure>, checkpoint: HostState?
  ) {
    switch result {
    case .success(let state):
      let planned = planned(host)
      if engine.hosts[Int(host.rawValue)].touched == .nothing { seen[host] = state }
      let address = plan.header.kmsHosts[Int(planned.kmsHost.rawValue)].address
      let look = Look(
        state: state, host: planned, checkpoint: checkpoint, kmsHost: address, at: now)
      fold(.looked(host, look))
    // A look that was given up because the run ends says nothing of the host.
    case .failure(let failure): if ending == nil { fold(.unread(host, Silence(failure))) }
    }
  }

  private mutating func takeIn(
    _ kmsHost: KMSHostID, _ result: Result<KMSHostState, LicensingFailure>, known: Int
  ) {
    let index = Int(kmsHost.rawValue)
    switch result {
    case .success(let state):
      var reading = KMSReading(
        state: state, address: plan.header.kmsHosts[index].address, products: products[index],
        at: now)
      reading.known = known
      fold(.read(kmsHost, reading))
    case .failure(let failure): if ending == nil { fold(.notRead(kmsHost, Silence(failure))) }
    }
  }

  /// Folds a command, once, whatever inbox it comes from and however often.
  mutating func obey(_ command: Command) {
    guard answered.insert(command.id).inserted else { return }
    fold(.commanded(command))
    guard let reply = engine.reply else { return }
    pending.answers.append(CommandAnswer(command: command.id, reply: reply))
    guard asked.contains(command.id) else { return }
    replies.append(reply)
    if case .refused(let refusal) = reply, options.onlyBack { ending = .refused(refusal) }
  }

  /// Raises a hold of this process's own; a hold drains, which is what is wanted.
  @discardableResult
  mutating func raise(_ reason: Hold.Reason, scope: Hold.Scope = .run) -> HoldID {
    let id = HoldID(rawValue: engine.run.holdsRaised + 1)
    fold(.held(Hold(id: id, scope: scope, reason: reason)))
    return id
  }
}

extension Hold.Reason {
  /// Whether it ends with the process that raised it.
  var isOfOneProcess: Bool {
    switch self {
    case .interrupted, .journalUnwritable: true
    case .operatorAsked, .guardRefused, .failureBudget, .lockoutBreaker, .activationError,
      .kmsHostFault, .kmsHostSilent, .countUnknown, .countDoesNotRise, .asksAnotherHost,
      .editionChanged, .addOnLost, .exposureLimit, .activationsShort, .stalled, .clockJumped:
      false
    }
  }
}
