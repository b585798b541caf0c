extension ClientSetupKeys {
  /// Reads the table's text; a mistake in it is ours, and the tests would meet it first.
  static func parse(_ text: String) -> [ClientSetupKey] {
    var records: [ClientSetupKey] = []
    var block: Block?
    for line in text.split(separator: "\n") {
      if line.hasPrefix("= ") {
        block = Block(line.dropFirst(2))
        precondition(block != nil, "not a block of the key table: \(line)")
      } else if line.hasPrefix("# ") {
        block?.note.append(String(line.dropFirst(2)))
      } else {
        guard let record = block.flatMap({ ClientSetupKey(line, in: $0) }) else {
          preconditionFailure("not a record of the key table: \(line.dropFirst(23))")
        }
        records.append(record)
      }
    }
    return records
  }

  /// What the records of one block share.
  fileprivate struct Block {
    var product: String
    var kind: ProductKind
    var version: NTVersion
    var builds: ClosedRange<Int>?
    var hostKeys: [HostKey]
    var flags: ClientSetupKey.Flags
    var note: [String] = []

    init?(_ text: Substring) {
      let fields = text.split(separator: " | ")
      guard fields.count >= 5, let version = NTVersion(fields[2]) else { return nil }
      product = String(fields[0])
      kind = fields[1] == "server" ? .server : .client
      self.version = version
      if fields[3] != "any" {
        let bounds = fields[3].split(separator: "-", omittingEmptySubsequences: false)
        guard let first = bounds.first.flatMap({ Int($0) }),
          let last = bounds.last.map({ $0.isEmpty ? Int.max : Int($0) }) ?? nil
        else { return nil }
        builds = first...last
      }
      hostKeys = []
      for word in fields[4].split(separator: " ") where word != "-" {
        guard let hostKey = HostKey(abbreviation: word) else { return nil }
        hostKeys.append(hostKey)
      }
      flags = []
      for word in fields.dropFirst(5) {
        switch word {
        case "doNotUseForServer": flags.insert(.doNotUseForServer)
        case "azureEdition": flags.insert(.azureEdition)
        default: return nil
        }
      }
    }
  }
}

extension ClientSetupKey {
  fileprivate init?(_ text: Substring, in block: ClientSetupKeys.Block) {
    let fields = text.split(separator: " | ")
    guard fields.count == 5, let key = try? ProductKey(String(fields[0])) else { return nil }
    self.init(
      product: block.product, editionName: String(fields[1]), kind: block.kind, key: key,
      version: block.version, builds: block.builds, edition: EditionID(rawValue: String(fields[2])),
      operatingSystemSKUs: fields[3].split(separator: " ").compactMap { Int($0) },
      hostKeys: block.hostKeys, flags: block.flags,
      note: block.note.isEmpty ? nil : block.note.joined(separator: " "),
      readIn: String(fields[4]))
  }
}

extension HostKey {
  /// Reads the table's short form of a host key.
  fileprivate init?(abbreviation: Substring) {
    switch abbreviation {
    case "S2025": self = .windowsServer2025
    case "S2022": self = .windowsServer2022
    case "S2019": self = .windowsServer2019
    case "S2016": self = .windowsServer2016
    case "C10": self = .windows10
    default: return nil
    }
  }
}
