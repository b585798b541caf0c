import VolumeActivation

/// Makes records of fields; where the fields come from, CSV or JSON, is all the same to it.
struct InventoryBuilder {
  private(set) var part = InventoryPart()

  private var record = HostRecord(name: .empty, line: 0)
  private var recordOffset = 0
  private var name = FieldBytes(start: nil, count: 0)
  private var nameOffset = 0
  private var domain = FieldBytes(start: nil, count: 0)
  private var date: (value: AmbiguousDate, offset: Int)?
  private var isOtherProduct = false
  private var isAddOn = false
  private var hasFields = false
  private var faults: [InventoryFault] = []
  private var versionBuild: UInt32?

  private let folder = HostNameFolder()
  private var vocabularies = Vocabularies()
  private var folding = [UInt8](repeating: 0, count: HostNameFolder.limit + 1)

  /// The words of the columns that have a small set of them.
  private struct Vocabularies {
    var versions = Vocabulary<WrittenVersion>()
    var productTypes = Vocabulary<ProductType>()
    var channels = Vocabulary<Channel>()
    var statuses = Vocabulary<LicenseStatus?>()
    var activationTypes = Vocabulary<ActivationType>()
    var roaming = Vocabulary<Bool>()
    var addOns = Vocabulary<Bool>()
    var criticalities = Vocabulary<Criticality>()
  }

  init(expecting hosts: Int) {
    part.hosts.reserveCapacity(hosts)
    part.text.bytes.reserveCapacity(hosts * 40)
  }

  /// Takes what was read, with the number of line ends that the reader saw.
  consuming func finished(lines: Int) -> InventoryPart {
    part.lines = lines
    return part
  }

  /// Begins the record at `offset`, which is on `line` of this part, counted from 0.
  @inline(__always)
  mutating func begin(line: Int, offset: Int) {
    record = HostRecord(name: .empty, line: UInt32(truncatingIfNeeded: line + 1))
    recordOffset = offset
    name = FieldBytes(start: nil, count: 0)
    domain = name
    nameOffset = offset
    date = nil
    isOtherProduct = false
    isAddOn = false
    hasFields = false
    versionBuild = nil
  }

  /// Ends the record; a row without anything in it is none.
  @inline(__always)
  mutating func end() {
    guard hasFields || !faults.isEmpty else { return }
    if isOtherProduct || isAddOn {
      if isOtherProduct { part.otherProducts += 1 } else { part.addOns += 1 }
      faults.removeAll()
      return
    }
    finish()
    if !faults.isEmpty { report() }
  }

  /// Checks what can only be checked when all fields are known, and keeps the record.
  @inline(__always)
  private mutating func finish() {
    guard faults.isEmpty else { return }
    if name.isEmpty {
      return fault(at: recordOffset, "the record has no name", "Fill in the column name")
    }
    if holdsProductKey(name) { return refuse(.name, name, nameOffset) }
    guard let length = folder.fold(name, domain: domain, into: &folding) else {
      return fault(
        at: nameOffset, "\(InputQuote(name.text)) is no host name",
        "Give a DNS or NetBIOS name: letters, digits, hyphens and dots, 253 at most")
    }
    if !record.namesProduct, !isUnread {
      return fault(
        at: nameOffset, "neither editionId with ntVersion nor osCaption is filled in",
        "Fill in what `muster scan` or an inventory tool reads from the host")
    }
    record.name = folding.withUnsafeBufferPointer {
      part.text.append(FieldBytes(rebasing: $0[..<length]))
    }
    record.build = record.build ?? versionBuild
    if let date {
      part.ambiguousDates.append(
        PendingDate(host: part.hosts.count, date: date.value, offset: date.offset))
    }
    part.hosts.append(record)
  }

  /// Whether the last scan could not read the host, so that nobody can say what it is.
  private var isUnread: Bool {
    guard record.tags != .absent else { return false }
    let words = part.columns.tags.values[Int(record.tags.rawValue) - 1]
    return HostTags(String(decoding: words, as: UTF8.self)).contains(.unreachable)
  }

  /// Notes what is wrong with the record, which then is not kept.
  @inline(never)
  mutating func fault(at offset: Int, _ problem: String, _ remedy: String) {
    faults.append(InventoryFault(offset: offset, problem: problem, remedy: remedy))
  }

  @inline(never)
  private mutating func report() {
    for var fault in faults {
      fault.host = name.isEmpty ? nil : InputQuote(name.text).bare
      part.add(fault)
    }
    faults.removeAll()
  }

  /// Takes the value of a column; `offset` is where it stands in the file, and `isASCII` whether
  /// it is known to be ASCII throughout.
  @inline(__always)
  mutating func take(_ column: InventoryColumn, _ raw: FieldBytes, at offset: Int, isASCII: Bool) {
    let field = raw.trimmed
    if field.isEmpty { return }
    hasFields = true
    if !isASCII, !isValidUTF8(field) {
      return fault(
        at: offset, "\(column.rawValue) is not UTF-8",
        "Save the file as UTF-8, or as UTF-16 with a byte order mark")
    }
    switch column {
    case .name:
      name = field
      nameOffset = offset
    case .site:
      guard let site = part.columns.sites.symbol(for: field, canonical: asWritten) else {
        return refuse(column, field, offset)
      }
      record.site = site
    case .osCaption:
      guard let caption = part.columns.captions.symbol(for: field, canonical: asWritten) else {
        return refuse(column, field, offset)
      }
      record.osCaption = caption
    case .editionId:
      guard let edition = part.columns.editions.symbol(for: field, canonical: asWritten) else {
        return refuse(column, field, offset)
      }
      record.edition = edition
      if isExtendedSecurityUpdate(field) { isAddOn = true }
    case .group:
      guard let group = part.columns.groups.symbol(for: field, canonical: asWritten) else {
        return refuse(column, field, offset)
      }
      record.group = group
    case .domain:
      guard let name = part.columns.domains.symbol(for: field, canonical: lowercased) else {
        return refuse(column, field, offset)
      }
      domain = field
      record.domain = name
    case .tags:
      guard let tags = part.columns.tags.symbol(for: field, canonical: tagList) else {
        return refuse(column, field, offset)
      }
      record.tags = tags
    case .ntVersion: takeVersion(field, offset)
    case .build:
      guard let build = wholeNumber(field) else { return refuse(column, field, offset) }
      record.build = build
    case .productType:
      guard let type = vocabularies.productTypes.meaning(of: field, read: ProductType.read) else {
        return refuse(column, field, offset)
      }
      record.productType = type
    case .channel:
      guard let channel = vocabularies.channels.meaning(of: field, read: Channel.read) else {
        return refuse(column, field, offset)
      }
      record.channel = channel
    case .partialProductKey:
      guard let key = part.columns.partialKeys.symbol(for: field, canonical: partialKey) else {
        return refuse(column, field, offset)
      }
      record.partialKey = key
    case .licenseStatus:
      guard let status = vocabularies.statuses.meaning(of: field, read: LicenseStatus.read) else {
        return refuse(column, field, offset)
      }
      record.status = status
    case .graceMinutes:
      record.graceMinutes = field.number
      if record.graceMinutes == nil, !isNotApplicable(field) {
        return refuse(column, field, offset)
      }
    case .clientMachineId:
      guard let id = field.guid else { return refuse(column, field, offset) }
      // Windows without a CMID yet shows none, or zeros.
      record.clientMachineID = id.isFiller ? nil : id
    case .uuid:
      guard let id = field.guid else { return refuse(column, field, offset) }
      record.uuid = id.isFiller ? nil : id
    case .kmsHost:
      guard let host = part.columns.kmsHosts.symbol(for: field, canonical: kmsAddress) else {
        return refuse(column, field, offset)
      }
      record.kmsHost = host
    case .activationType:
      guard let type = vocabularies.activationTypes.meaning(of: field, read: ActivationType.read)
      else { return refuse(column, field, offset) }
      record.activationType = type
    case .installationId:
      guard let digits = takeDigits(field, 54...63) else { return refuse(column, field, offset) }
      record.installationID = digits
    case .confirmationId:
      guard let digits = takeDigits(field, 42...48) else { return refuse(column, field, offset) }
      record.confirmationID = digits
    case .lastSeen: takeDate(field, offset)
    case .roaming:
      guard let roaming = vocabularies.roaming.meaning(of: field, read: Bool.read) else {
        return refuse(column, field, offset)
      }
      record.roaming = roaming
    case .criticality:
      guard let value = vocabularies.criticalities.meaning(of: field, read: Criticality.read) else {
        return refuse(column, field, offset)
      }
      record.criticality = value
    case .scanError: break
    case .applicationId: isOtherProduct = !isWindows(field)
    case .licenseIsAddon:
      guard let addOn = vocabularies.addOns.meaning(of: field, read: Bool.read) else {
        return refuse(column, field, offset)
      }
      isAddOn = addOn
    }
  }

  @inline(__always)
  private mutating func takeVersion(_ field: FieldBytes, _ offset: Int) {
    guard
      let version = vocabularies.versions.meaning(of: field, read: WrittenVersion.init)
    else { return refuse(.ntVersion, field, offset) }
    record.version = version.version
    versionBuild = version.build
  }

  @inline(__always)
  private mutating func takeDate(_ field: FieldBytes, _ offset: Int) {
    switch WrittenDate(field) {
    case .instant(let instant): record.lastSeen = instant
    case .ambiguous(let value): date = (value, offset)
    case .never: break
    case nil: refuse(.lastSeen, field, offset)
    }
  }

  /// Digits with or without the hyphens and spaces that dialogues show between groups.
  private mutating func takeDigits(_ field: FieldBytes, _ counts: ClosedRange<Int>) -> TextRange? {
    var digits: [UInt8] = []
    digits.reserveCapacity(field.count)
    for byte in field where byte != UInt8(ascii: "-") && byte != 0x20 {
      guard byte &- UInt8(ascii: "0") < 10 else { return nil }
      digits.append(byte)
    }
    return counts.contains(digits.count) ? part.text.append(digits) : nil
  }

  @inline(never)
  private mutating func refuse(_ column: InventoryColumn, _ field: FieldBytes, _ offset: Int) {
    let rule = ColumnRule(column)
    // What should be the end of a key may be a whole one, or most of it.
    let shown = column == .partialProductKey ? "the value" : "\(InputQuote(field.text))"
    fault(at: offset, "\(column.rawValue): \(shown) \(rule.problem)", rule.remedy)
  }
}
