package import VolumeActivation

/// What an inventory says about one host; nil and `.absent` are what it does not say.
///
/// It holds no reference, so a million of them are sorted, copied and split between threads like
/// numbers. Its texts are in the tables of its `Inventory`.
package struct HostRecord: Hashable, Sendable {
  /// Case-folded; `Inventory.name(of:)` makes a `HostName` of it.
  package var name: TextRange
  /// Where the record begins in the file, counted from 1.
  package var line: UInt32
  package var site = Symbol.absent
  package var osCaption = Symbol.absent
  package var edition = Symbol.absent
  package var domain = Symbol.absent
  package var group = Symbol.absent
  /// The KMS host it is set to or has found.
  package var kmsHost = Symbol.absent
  package var partialKey = Symbol.absent
  package var tags = Symbol.absent
  package var version: NTVersion?
  package var build: UInt32?
  package var productType: ProductType?
  package var channel: Channel?
  package var status: LicenseStatus?
  /// How it was activated last.
  package var activationType: ActivationType?
  /// How much losing its licence would hurt; `normal` when the file does not say.
  package var criticality = Criticality.normal
  /// Off the network for days at a time; false when the file does not say.
  package var roaming = false
  /// Minutes of licence or grace left; 0 with `licensed` is permanent.
  package var graceMinutes: UInt32?
  package var clientMachineID: ClientMachineID?
  /// The firmware's UUID; nil also for the fillers that makers leave on many machines.
  package var uuid: ClientMachineID?
  package var installationID = TextRange.empty
  package var confirmationID = TextRange.empty
  package var lastSeen: Timestamp?

  package init(name: TextRange, line: UInt32) {
    self.name = name
    self.line = line
  }
}

extension HostRecord {
  /// Whether it says which Windows the host runs.
  var namesProduct: Bool { edition != .absent && version != nil || osCaption != .absent }
}

/// `Win32_OperatingSystem.ProductType`.
package enum ProductType: UInt8, CaseIterable, Hashable, Sendable {
  case workstation = 1
  case domainController = 2
  case server = 3
}

extension ProductType {
  /// Which threshold it answers to.
  ///
  /// A multi-session Windows client calls itself a server; its edition tells it apart.
  package var kind: ProductKind {
    switch self {
    case .workstation: .client
    case .domainController, .server: .server
    }
  }
}

/// `SoftwareLicensingProduct.VLActivationType`: the way of the last success.
package enum ActivationType: UInt8, CaseIterable, Hashable, Sendable {
  case none = 0
  case activeDirectory = 1
  case kms = 2
  case token = 3
}

/// How much it would hurt if a host lost its licence.
package enum Criticality: UInt8, CaseIterable, Hashable, Sendable {
  case low
  case normal
  case high
  case critical
}
