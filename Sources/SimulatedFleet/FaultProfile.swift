/// How badly a simulated fleet behaves: how often what goes wrong goes wrong.
///
/// Chances are between 0 and 1. Those of a call are drawn for each call and exclude each other;
/// those of a host or a KMS host are drawn once, when the fleet is made.
package struct FaultProfile: Hashable, Codable, Sendable {
  package var name: String

  // Of each call.
  /// The request never arrives, and the caller waits for its time-out.
  package var lostRequest = 0.0
  /// The call is executed and its answer gets lost.
  package var lostReply = 0.0
  /// The call is executed after its caller gave up.
  package var late = 0.0
  /// The host refuses for the moment, without executing.
  package var refused = 0.0
  /// The host refuses for good, without executing.
  package var refusedForGood = 0.0
  /// The account is refused, once.
  package var accessDenied = 0.0
  /// The machine restarts in the middle of a change.
  package var reboot = 0.0
  /// The host cannot be reached for a while.
  package var unreachable = 0.0

  // Of each host.
  /// It is switched off when the run begins, and comes back within hours.
  package var offAtFirst = 0.0
  /// It is gone for good.
  package var gone = 0.0
  /// It was upgraded to another edition since the inventory was taken.
  package var wrongVersion = 0.0
  /// Somebody else changes its key in the course of the run.
  package var thirdParty = 0.0
  /// Its account is refused every time.
  package var lockedOut = 0.0
  /// Its installation ID is another one after its key was changed and changed back.
  package var unstableInstallationID = 0.0
  /// It has no CMID before its key is changed.
  package var noMachineID = 0.0
  /// Its clock is hours off.
  package var wrongClock = 0.0
  /// Its way to the KMS host is blocked.
  package var blockedPath = 0.0

  // Of each KMS host.
  /// How often it restarts in a day, which starts its count again.
  package var restartsPerDay = 0.0
  /// Its count is lower than declared by up to this many.
  package var countShort = 0
  /// How often a reading of its count gets no answer.
  package var kmsHostSilent = 0.0

  // Of each MAK.
  /// The share of the declared activations that are in truth spent already.
  package var activationsMissing = 0.0

  package init(name: String) {
    self.name = name
  }
}

extension FaultProfile {
  /// Everything answers.
  package static let none = FaultProfile(name: "none")

  /// A well-kept network: one call in a hundred goes wrong.
  package static let light: FaultProfile = {
    var profile = FaultProfile(name: "light")
    profile.lostRequest = 0.002
    profile.lostReply = 0.002
    profile.late = 0.001
    profile.refused = 0.003
    profile.reboot = 0.001
    profile.unreachable = 0.002
    profile.offAtFirst = 0.01
    return profile
  }()

  /// A bad week: one call in fifteen goes wrong, and some machines are not what they were.
  package static let rough: FaultProfile = {
    var profile = FaultProfile(name: "rough")
    profile.lostRequest = 0.01
    profile.lostReply = 0.01
    profile.late = 0.01
    profile.refused = 0.015
    profile.refusedForGood = 0.002
    profile.accessDenied = 0.003
    profile.reboot = 0.005
    profile.unreachable = 0.01
    profile.offAtFirst = 0.03
    profile.gone = 0.01
    profile.wrongVersion = 0.005
    profile.thirdParty = 0.005
    profile.noMachineID = 0.05
    profile.unstableInstallationID = 0.1
    profile.restartsPerDay = 0.2
    profile.countShort = 2
    profile.kmsHostSilent = 0.02
    return profile
  }()

  /// Everything that the model of one host knows, often.
  package static let hostile: FaultProfile = {
    var profile = FaultProfile(name: "hostile")
    profile.lostRequest = 0.04
    profile.lostReply = 0.05
    profile.late = 0.05
    profile.refused = 0.04
    profile.refusedForGood = 0.015
    profile.accessDenied = 0.01
    profile.reboot = 0.03
    profile.unreachable = 0.03
    profile.offAtFirst = 0.05
    profile.gone = 0.03
    profile.wrongVersion = 0.02
    profile.thirdParty = 0.04
    profile.lockedOut = 0.01
    profile.noMachineID = 0.2
    profile.unstableInstallationID = 0.5
    profile.wrongClock = 0.01
    profile.blockedPath = 0.02
    profile.restartsPerDay = 2
    profile.countShort = 5
    profile.kmsHostSilent = 0.05
    profile.activationsMissing = 0.3
    return profile
  }()

  /// Only the network fails: requests and answers get lost, hosts come and go.
  package static let network: FaultProfile = {
    var profile = FaultProfile(name: "network")
    profile.lostRequest = 0.05
    profile.lostReply = 0.05
    profile.late = 0.05
    profile.unreachable = 0.05
    profile.offAtFirst = 0.1
    profile.kmsHostSilent = 0.1
    return profile
  }()

  /// Only the KMS hosts misbehave: they restart, are silent, and count less than was declared.
  package static let kmsHosts: FaultProfile = {
    var profile = FaultProfile(name: "kms-hosts")
    profile.restartsPerDay = 6
    profile.countShort = 10
    profile.kmsHostSilent = 0.2
    return profile
  }()

  /// Only a firewall is in the way: it keeps half of the machines from their KMS host, which shows
  /// when they ask.
  package static let firewall: FaultProfile = {
    var profile = FaultProfile(name: "firewall")
    profile.blockedPath = 0.5
    return profile
  }()

  /// Every profile, from the mildest on.
  package static let all: [FaultProfile] = [
    none, light, rough, hostile, network, kmsHosts, firewall,
  ]

  /// The profile with this name; nil when there is none.
  package static func named(_ name: String) -> FaultProfile? {
    all.first { $0.name == name }
  }
}

/// What goes wrong with one call.
enum Fault: UInt8, CaseIterable, Sendable {
  case none
  case lostRequest
  case lostReply
  case late
  case refused
  case refusedForGood
  case accessDenied
  case reboot
  case unreachable
}

/// The chances of a call, summed so that one draw decides.
struct FaultTable: Sendable {
  private var steps: [(UInt32, Fault)] = []
  private var total: UInt32 = 0

  init(_ profile: FaultProfile) {
    var sum = 0.0
    for (chance, fault) in [
      (profile.lostRequest, Fault.lostRequest), (profile.lostReply, .lostReply),
      (profile.late, .late), (profile.refused, .refused),
      (profile.refusedForGood, .refusedForGood), (profile.accessDenied, .accessDenied),
      (profile.reboot, .reboot), (profile.unreachable, .unreachable),
    ] where chance > 0 {
      sum += chance
      steps.append((UInt32(min(sum, 1) * Double(UInt32.max)), fault))
    }
    total = steps.last?.0 ?? 0
  }

  /// The fault that 32 random bits choose.
  func fault(_ bits: UInt32) -> Fault {
    guard bits < total else { return .none }
    return steps.first { bits < $0.0 }?.1 ?? .none
  }

}
