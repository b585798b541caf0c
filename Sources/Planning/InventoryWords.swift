import VolumeActivation

// The words that inventories use for the values of DESIGN's small sets. Spaces, dashes and case do
// not matter; numbers are Windows' own.

extension LicenseStatus {
  /// The status that a word of slmgr, VAMT or a script means; `.some(nil)` when it says "unknown".
  static func read(_ field: FieldBytes) -> LicenseStatus?? {
    if let number = field.number {
      guard let status = LicenseStatus(rawValue: UInt8(clamping: number)) else { return nil }
      return status
    }
    let word = field.plainWord
    if word == "unknown" { return .some(nil) }
    guard let status = words[word] else { return nil }
    return status
  }

  private static let words: [String: LicenseStatus] = [
    "unlicensed": .unlicensed, "licensed": .licensed,
    "initialgrace": .initialGrace, "initialgraceperiod": .initialGrace,
    "outofboxgrace": .initialGrace, "outofboxgraceperiod": .initialGrace,
    "oobgrace": .initialGrace, "oobgraceperiod": .initialGrace,
    "additionalgrace": .additionalGrace, "additionalgraceperiod": .additionalGrace,
    "outoftolerancegrace": .additionalGrace, "outoftolerancegraceperiod": .additionalGrace,
    "ootgrace": .additionalGrace, "ootgraceperiod": .additionalGrace,
    "nongenuinegrace": .nonGenuineGrace, "nongenuinegraceperiod": .nonGenuineGrace,
    "notification": .notification, "notificationmode": .notification,
    "notifications": .notification,
    "extendedgrace": .extendedGrace, "extendedgraceperiod": .extendedGrace,
  ]
}

extension Channel {
  /// The channel that a word, a `ProductKeyChannel` or a product's `Description` means.
  static func read(_ field: FieldBytes) -> Channel? {
    let word = field.plainWord
    if let channel = words[word] { return channel }
    // `Windows(R) Operating System, VOLUME_KMSCLIENT channel`: the order matters, since the first
    // contains the second.
    if word.contains("volumekmsclient") { return .kmsClient }
    if word.contains("volumekms") { return .kmsHost }
    if word.contains("volumemak") { return .mak }
    if word.contains("virtualmachineactivation") { return .avma }
    if word.contains("eval") || word.contains("timebased") { return .evaluation }
    if word.hasPrefix("oem") || oemChannels.contains(where: word.hasSuffix) { return .oem }
    if word.hasPrefix("retail") || word.hasSuffix("retailchannel") { return .retail }
    return nil
  }

  /// How a description ends that names one of the makers' channels, such as `OEM_DM channel`.
  private static let oemChannels = ["", "dm", "slp", "coaslp", "coanslp", "nslp", "sb"].map {
    "oem\($0)channel"
  }

  private static let words: [String: Channel] = [
    "mak": .mak, "volumemak": .mak,
    "kmsclient": .kmsClient, "gvlk": .kmsClient, "volumegvlk": .kmsClient,
    "volumekmsclient": .kmsClient,
    "kmshost": .kmsHost, "csvlk": .kmsHost, "volumecsvlk": .kmsHost,
    "retail": .retail, "oem": .oem,
    "evaluation": .evaluation, "eval": .evaluation, "retailtbeval": .evaluation,
    "avma": .avma, "subscription": .subscription, "none": Channel.none, "nokey": Channel.none,
  ]
}

extension ProductType {
  static func read(_ field: FieldBytes) -> ProductType? {
    if let number = field.number { return ProductType(rawValue: UInt8(clamping: number)) }
    switch field.plainWord {
    case "workstation", "client": return .workstation
    case "domaincontroller", "dc": return .domainController
    case "server": return .server
    default: return nil
    }
  }
}

extension ActivationType {
  static func read(_ field: FieldBytes) -> ActivationType? {
    if let number = field.number { return ActivationType(rawValue: UInt8(clamping: number)) }
    switch field.plainWord {
    case "none", "unknown", "all", "any": return ActivationType.none
    case "ad", "activedirectory", "adba": return .activeDirectory
    case "kms": return .kms
    case "token": return .token
    default: return nil
    }
  }
}

extension Criticality {
  static func read(_ field: FieldBytes) -> Criticality? {
    switch field.plainWord {
    case "low": .low
    case "normal", "medium": .normal
    case "high": .high
    case "critical": .critical
    default: nil
    }
  }
}

extension Bool {
  /// Yes or no, in the words that Excel writes in a few languages too.
  static func read(_ field: FieldBytes) -> Bool? {
    switch field.plainWord {
    case "true", "yes", "y", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "si": true
    case "false", "no", "n", "0", "falsch", "nein", "faux", "non", "falso": false
    default: nil
    }
  }
}
