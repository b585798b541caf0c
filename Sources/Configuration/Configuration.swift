package import Planning
package import VolumeActivation

/// What `muster.yaml` says: KMS hosts, MAKs, policy and transport; it holds no secret.
package struct Configuration: Hashable, Sendable {
  /// The file as the person named it; where `muster.estate` and relative paths belong.
  package var file: String
  package var kmsHosts: [DeclaredKMSHost] = []
  package var maks: [ConfiguredMAK] = []
  package var entitlements: [Entitlement] = []
  package var policy = Policy()
  package var transport = Transport.none
  /// How many hosts `scan` and `verify` look at together.
  package var concurrency = Policy().concurrency

  package init(file: String) {
    self.file = file
  }

  /// What planning is told.
  package func terms(asOf: Timestamp? = nil) -> PlanningTerms {
    PlanningTerms(
      kmsHosts: kmsHosts,
      maks: maks.map {
        DeclaredMAK(
          endsWith: $0.endsWith, activationsLeft: $0.activationsLeft, isSupplied: $0.secret != nil)
      },
      entitlements: entitlements, policy: policy, asOf: asOf)
  }

  /// The folder that relative paths of the file start from, with its slash; empty for the working
  /// folder.
  package var folder: String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  /// A path of the file as this process finds it.
  package func path(_ path: String) -> String {
    path.hasPrefix("/") ? path : folder + path
  }
}

/// A MAK that the configuration names.
package struct ConfiguredMAK: Hashable, Sendable {
  package var endsWith: PartialProductKey
  package var activationsLeft: Int
  /// Where the key itself comes from; nil when nobody said, and then nobody can go back to it.
  package var secret: SecretSource?
  /// Where it stands in the file, for messages.
  package var place: InputError.Place
}
