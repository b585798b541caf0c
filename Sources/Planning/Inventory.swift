package import VolumeActivation

/// What a person told Muster about a fleet, read and checked, in canonical order.
///
/// The order of the file's rows and columns leaves no trace in it except the line numbers: hosts
/// are sorted, and a symbol's number follows from the text it stands for. A million hosts are kept
/// as plain records without a reference in them; text lives in the tables beside them.
package struct Inventory: Sendable {
  /// Sorted by name; records of one name stand side by side, sorted by what else they say.
  package var hosts: [HostRecord]
  /// The text that `HostRecord.name`, `installationID` and `confirmationID` point into.
  package var text: TextArena

  package var sites: SymbolTable<String>
  package var captions: SymbolTable<String>
  package var editions: SymbolTable<EditionID>
  package var domains: SymbolTable<String>
  package var groups: SymbolTable<String>
  package var kmsHosts: SymbolTable<KMSAddress>
  package var partialKeys: SymbolTable<PartialProductKey>
  /// One entry per different list: its words in lower case, sorted, each once, a space between.
  package var tags: SymbolTable<String>

  /// SHA-256 over the records in canonical order, whatever the order of rows and columns was.
  package var digest: PlanDigest
  /// What was read but means nothing to Muster, one sentence each.
  package var notes: [String]

  package init(
    hosts: [HostRecord], text: TextArena, sites: SymbolTable<String>,
    captions: SymbolTable<String>, editions: SymbolTable<EditionID>,
    domains: SymbolTable<String>, groups: SymbolTable<String>,
    kmsHosts: SymbolTable<KMSAddress>, partialKeys: SymbolTable<PartialProductKey>,
    tags: SymbolTable<String>, digest: PlanDigest, notes: [String]
  ) {
    self.hosts = hosts
    self.text = text
    self.sites = sites
    self.captions = captions
    self.editions = editions
    self.domains = domains
    self.groups = groups
    self.kmsHosts = kmsHosts
    self.partialKeys = partialKeys
    self.tags = tags
    self.digest = digest
    self.notes = notes
  }
}

extension Inventory {
  /// The name of a record's host; its text was checked when it was read.
  package func name(of host: HostRecord) -> HostName {
    HostName(folded: text[host.name])
  }

  /// Whether two records name one host.
  package func sameName(_ left: HostRecord, _ right: HostRecord) -> Bool {
    text.compare(left.name, right.name) == 0
  }

  /// What the machine's installation ID was when the inventory was taken.
  package func installationID(of host: HostRecord) -> InstallationID? {
    host.installationID.isEmpty ? nil : InstallationID(rawValue: text[host.installationID])
  }

  /// The confirmation ID stored for it.
  package func confirmationID(of host: HostRecord) -> ConfirmationID? {
    host.confirmationID.isEmpty ? nil : ConfirmationID(rawValue: text[host.confirmationID])
  }
}
