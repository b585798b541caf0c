package import Planning
package import VolumeActivation

/// What the plans of one configuration share: who may change which host, and spend what of a MAK.
package protocol Estate: Sendable {
  /// Takes the plan's hosts and puts activations into its purses, all or nothing.
  func claim(_ claim: EstateClaim, at now: Timestamp) async throws(EstateError)

  /// Notes what the plan holds and has spent.
  func note(
    _ purses: [EstateClaim.Purse], of plan: PlanDigest, at now: Timestamp
  ) async throws(EstateError)

  /// Remembers who a KMS host has counted: for 30 days their requests raise no count again.
  func note(counted hosts: [HostName], at now: Timestamp) async throws(EstateError)

  /// Gives back every host of the plan but `kept`, and what its purses hold when none is kept.
  func release(_ plan: PlanDigest, keeping kept: [HostName]) async throws(EstateError)
}

/// What a plan asks of the estate before it begins.
package struct EstateClaim: Hashable, Sendable {
  /// The plan's file, which a conflict names.
  package var planFile: String
  package var plan: PlanDigest
  /// When the plan was made: activations spent before that are already off `left`.
  package var asOf: Timestamp
  package var hosts: [HostName]
  package var purses: [Purse]

  /// Activations of one MAK that a plan holds or has spent.
  package struct Purse: Hashable, Sendable {
    package var mak: PartialProductKey
    /// Activations left when the plan was made.
    package var left: Int
    package var held: Int
    package var spent: Int

    package init(mak: PartialProductKey, left: Int, held: Int, spent: Int) {
      self.mak = mak
      self.left = left
      self.held = held
      self.spent = spent
    }
  }

  package init(
    planFile: String, plan: PlanDigest, asOf: Timestamp, hosts: [HostName], purses: [Purse]
  ) {
    self.planFile = planFile
    self.plan = plan
    self.asOf = asOf
    self.hosts = hosts
    self.purses = purses
  }
}

/// Why a plan may not begin beside the others of its configuration.
package struct EstateError: Error, Hashable, Sendable {
  /// The estate's file.
  package var file: String
  package var failure: Failure

  package init(_ failure: Failure, file: String) {
    self.file = file
    self.failure = failure
  }

  package enum Failure: Hashable, Sendable {
    /// Hosts of the plan are another plan's; the first by name, and how many there are.
    case hostsTaken(HostName, count: Int, plan: String)
    /// Other plans hold or spent so much of a MAK that too little is left.
    case activationsTaken(PartialProductKey, left: Int, needed: Int, plan: String)
    /// The estate knows of fewer activations than the plan's journal has spent.
    case older(PartialProductKey, estate: Int, journal: Int)
    case newerFormat(Int, known: Int)
    case unusable(String)
  }
}

extension EstateError {
  /// The exit code that a command ends with.
  package var exitCode: Int32 {
    switch failure {
    case .hostsTaken, .activationsTaken: 13
    case .older, .newerFormat: 14
    case .unusable: 1
    }
  }
}

extension EstateError: CustomStringConvertible {
  package var description: String {
    switch failure {
    case .hostsTaken(let host, let count, let plan):
      "\(file): \(plan) has begun with \(count == 1 ? "" : "\(count) hosts of this plan, such as ")"
        + "\(host). Finish that plan or roll it back, or plan again without its hosts."
    case .activationsTaken(let mak, let left, let needed, let plan):
      "\(file): of MAK …\(mak), \(max(0, left)) activations are left beside what \(plan) holds and "
        + "has spent, and this plan must hold \(needed). Finish that plan first, or obtain "
        + "activations and plan again with the new number."
    case .older(let mak, let estate, let journal):
      "\(file): it knows of \(estate) activations of MAK …\(mak) for this plan, and the plan's "
        + "journal has spent \(journal). It was restored or replaced: read the activations left "
        + "anew, remove it, and plan again."
    case .newerFormat(let format, let known):
      "\(file): it has format \(format), and this version of Muster knows formats up to \(known). "
        + "Use the version of Muster that wrote it, or a later one."
    case .unusable(let text): "\(file): \(text). Mend that; no host was changed."
    }
  }
}
