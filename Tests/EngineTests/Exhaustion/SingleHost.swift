import Engine
import Planning
import VolumeActivation

/// One machine and its `HostRun` under the least careful driver that keeps the rules: one state of a
/// walk.
///
/// It is the world of `one_host.py`, which was explored to closure before there was an engine, with
/// the engine's own value in the place of the model's. Gates, limits and order are not in it: whatever
/// is allowed may happen at any moment. In addition to the model a decision is lost when the process
/// dies before it is durable.
struct SingleHost: Hashable, Sendable {
  var run: HostRun
  var machine: Machine
  var driver = Driver.idle
  var isHeld = false
  /// Whether the count suffices.
  var countSuffices = false
  var isReachable = true
  var hand = Hand.away
  /// What a person may still grant.
  var grants: UInt8
  var setting: Setting

  struct Machine: Hashable, Sendable {
    var key = InstalledKey.original
    var licensed = true
    var points = false
    var burnt: UInt8 = 0
    /// What it may still be doing although nobody waits for it.
    var late: [Step] = []
  }

  /// What the process has in memory only.
  enum Driver: Hashable, Sendable {
    case idle
    /// A step is decided and not durable: a crash forgets it.
    case decided(before: HostRun)
    case calling
    case looking
    /// What a look saw is on its way.
    case seen(Look)
  }

  /// Somebody else, who may lay hand on the host once.
  enum Hand: UInt8, Hashable, Sendable {
    case away
    case mayCome
    case wasThere
    /// It came while the run was held, or before a restart: a look must have shown it since.
    case hidden
  }

  struct Setting: Hashable, Sendable {
    /// Whether there is a stored confirmation ID.
    var confirmation = false
    /// Whether the installation ID is still the one that it was stored for.
    var confirmationFits = true
    /// Whether the count can come to suffice.
    var countRises = true
    /// Whether somebody else may lay hand on the host.
    var hand = true
  }

  init(_ setting: Setting) {
    self.setting = setting
    run = HostRun(
      way: setting.confirmation ? [.licensed, .online, .confirmation] : [.licensed, .online])
    machine = Machine()
    hand = setting.hand ? .mayCome : .away
    grants = 1
  }
}

extension SingleHost {
  static let policy = {
    var policy = Policy()
    policy.retries = 1
    policy.askRetries = 1
    Untimed.set(&policy)
    return policy
  }()

  static let now = Untimed.instant + Untimed.step

  var look: Look {
    Look(
      key: machine.key, licensed: machine.licensed, pointsAtKMSHost: machine.points,
      settingsAsBefore: !machine.points, confirmationFits: setting.confirmationFits,
      bootedAt: Timestamp(rawValue: 0))
  }

  /// Brings the state to its normal form after something happened.
  mutating func normalize() {
    run.untime(at: Self.now, era: 1)
    run.attempt = 0
    if case .decided(var before) = driver {
      before.untime(at: Self.now, era: 1)
      before.attempt = 0
      driver = .decided(before: before)
    }
    switch run.phase {
    case .licensed, .restored, .failed, .skipped, .drifted: run.marks.remove(.reserved)
    case .planned, .ready, .underWay, .unknown, .retrying, .waiting, .check, .stranded, .unsettled:
      break
    }
  }

  /// Every look made so far is stale.
  mutating func beginEra() {
    run.lookEra = 0
    run.lookedAt = nil
  }

  /// What the machine makes of a step: one of these.
  func executing(_ step: Step) -> [(SingleHost, Outcome)] {
    var after = self
    switch step {
    case .skms: after.machine.points = true
    case .rkms: after.machine.points = false
    case .ipk: (after.machine.key, after.machine.licensed) = (.target, false)
    case .ipkMAK: (after.machine.key, after.machine.licensed) = (.original, false)
    case .ato:
      guard machine.key == .target else { return [(self, .refused(0xC004_F014))] }
      if machine.licensed { return [(self, .done)] }
      guard machine.points else { return [(self, .refused(step.finalRefusal))] }
      guard countSuffices else { return [(self, .refused(.countTooLow))] }
      after.machine.licensed = true
    case .cid:
      guard machine.key == .original else { return [(self, .refused(0xC004_F014))] }
      guard setting.confirmationFits else { return [(self, .refused(step.finalRefusal))] }
      after.machine.licensed = true
    case .atoMAK:
      guard machine.key == .original else { return [(self, .refused(0xC004_F014))] }
      after.machine.burnt += 1
      var activated = after
      activated.machine.licensed = true
      return [
        (activated, .done), (after, .refused(0x8007_2EE2)), (self, .refused(0x8007_2EE2)),
      ]
    }
    return [(after, .done)]
  }
}
