package import Planning
import VolumeActivation
import Yams

extension Configuration {
  /// A configuration's text with the name of its file.
  package struct Source: Sendable {
    package var file: String
    package var text: String

    package init(file: String, text: String) {
      self.file = file
      self.text = text
    }
  }

  /// Reads the project's file over the user's, and the environment over both.
  ///
  /// KMS hosts, MAKs and entitlements come from the last file that has them; `policy` and
  /// `transport` are taken key by key.
  ///
  /// - `sources`: The files, the weakest first; the last one gives its name.
  package init(
    reading sources: [Source], environment: [String: String] = [:]
  ) throws(InputError) {
    self.init(file: sources.last?.file ?? "muster.yaml")
    var transport = TransportSettings()
    for source in sources { try read(source, &transport) }
    for setting in PolicySetting.allCases {
      guard let text = environment[setting.variable] else { continue }
      let value = YAMLValue(
        node: Node(text), file: "environment variable \(setting.variable)", path: setting.rawValue)
      // A list is written with commas there.
      let node: Node =
        switch setting {
        case .waves, .approve, .allowIrreversible:
          Node(text.split(separator: ",").map { Node($0.filter { $0 != " " }) })
        case .confidence, .maxExposed, .failureBudget, .soak, .waitingDeadline, .onGuardTrip,
          .window, .stepOrder, .concurrency, .concurrencyPerSite, .spares, .freshness, .quietTime,
          .retries, .askRetries, .retryPause, .settleLimit, .guardGrace, .operationTimeout,
          .groupsMayMuster:
          value.node
        }
      try setting.apply(
        YAMLValue(node: node, file: value.file, path: value.path), to: &policy)
      if setting == .concurrency { transport.policyHasConcurrency = true }
    }
    self.transport = try transport.transport(kmsHosts)
    concurrency = try transport.concurrency() ?? policy.concurrency
    if !transport.policyHasConcurrency { policy.concurrency = concurrency }
  }

  private mutating func read(
    _ source: Source, _ transport: inout TransportSettings
  ) throws(InputError) {
    guard let root = try Self.document(source) else { return }
    let sections = ["kmsHosts", "maks", "entitlements", "policy", "transport"]
    for (key, value) in try root.entries(sections) where !value.isNull {
      switch key {
      case "kmsHosts":
        kmsHosts = try value.list().map { host throws(InputError) in try Self.kmsHost(host) }
        try Self.refuseTwins(kmsHosts.map { "\($0.address)" }, in: value, "KMS host")
      case "maks":
        maks = try value.list().map { mak throws(InputError) in try Self.mak(mak) }
        try Self.refuseTwins(maks.map { "\($0.endsWith)" }, in: value, "MAK")
      case "entitlements":
        entitlements = try value.list().map { entry throws(InputError) in
          try Self.entitlement(entry)
        }
      case "policy":
        for (name, value) in try value.entries(PolicySetting.allCases.map(\.rawValue)) {
          guard let setting = PolicySetting(rawValue: name) else { continue }
          try setting.apply(value, to: &policy)
          if setting == .concurrency { transport.policyHasConcurrency = true }
        }
      default:
        try transport.take(value)
      }
    }
  }

  private static func document(_ source: Source) throws(InputError) -> YAMLValue? {
    let node: Node?
    do {
      node = try Yams.compose(yaml: source.text)
    } catch {
      throw InputError(
        .input, at: place(of: error, in: source.file), "this is not YAML: \(words(of: error))",
        remedy: "Check indentation, colons and quotes there")
    }
    guard let node, node.null == nil else { return nil }
    return YAMLValue(node: node, file: source.file, path: "")
  }

  private static func place(of error: any Error, in file: String) -> InputError.Place {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      InputError.Place(file: file, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(_, let context):
      InputError.Place(file: file, line: context.mark.line, column: context.mark.column)
    default: InputError.Place(file: file)
    }
  }

  private static func words(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let duplicates, _):
      "\(duplicates.map { "\(InputQuote($0))" }.joined(separator: ", ")) stands twice in one mapping"
    default: "it cannot be parsed"
    }
  }

  private static func kmsHost(_ value: YAMLValue) throws(InputError) -> DeclaredKMSHost {
    var address: KMSAddress?
    var port: UInt16?
    var sites = [SitePattern("*")]
    var hostKey: String?
    var count: Int?
    for (key, value) in try value.entries(["name", "port", "sites", "hostKey", "count"]) {
      switch key {
      case "name":
        address = KMSAddress(try value.text())
        if address == nil { throw value.mismatch("a host name such as kms01.contoso.com") }
      case "port": port = UInt16(try value.number(1...65535))
      case "sites":
        sites = try value.list().map { site throws(InputError) in SitePattern(try site.text()) }
        if sites.isEmpty || sites.contains(where: \.rawValue.isEmpty) {
          throw value.error(
            "this KMS host serves no site",
            remedy: "Name its sites, or leave `sites` out when it serves all of them")
        }
      case "hostKey": hostKey = try value.text()
      default: count = try value.number(0...1_000_000)
      }
    }
    guard var address else { throw value.error("a KMS host has no name", remedy: "Add `name:`") }
    if let port { address.port = port }
    return DeclaredKMSHost(address: address, sites: sites, hostKey: hostKey, count: count)
  }

  private static func mak(_ value: YAMLValue) throws(InputError) -> ConfiguredMAK {
    var endsWith: PartialProductKey?
    var left: Int?
    var secret: SecretSource?
    var place = value.place
    for (key, value) in try value.entries(["endsWith", "activationsLeft", "secret"]) {
      switch key {
      case "endsWith":
        endsWith = try partial(value)
        place = value.place
      case "activationsLeft": left = try value.number(0...Int.max)
      default:
        secret = SecretSource(try value.text())
        if secret == nil {
          // What stands there may be the key itself, so it is not repeated.
          throw value.error(
            "\(value.path) is none of env:NAME, file:PATH and command:COMMAND",
            remedy: "Say where the key is stored; the key itself does not belong into this file")
        }
      }
    }
    guard let endsWith else {
      throw value.error("a MAK has no endsWith", remedy: "Add the last five characters of the key")
    }
    guard let left else {
      throw value.error(
        "MAK …\(endsWith) has no activationsLeft",
        remedy: "Add the number of activations left, as VAMT or Microsoft tells it")
    }
    return ConfiguredMAK(
      endsWith: endsWith, activationsLeft: left, secret: secret, place: place)
  }

  private static func partial(_ value: YAMLValue) throws(InputError) -> PartialProductKey {
    let text = try value.text()
    guard let partial = PartialProductKey(text) else {
      // A whole key does not belong here and is not repeated.
      throw value.error(
        "\(value.path) is not the last five characters of a product key",
        remedy: "Write the five characters after the last hyphen, and nothing else of the key")
    }
    guard !ClientSetupKeys.published.isPublished(partial) else {
      throw value.error(
        "\(value.path) is \(partial), the end of a published client setup key (GVLK), no MAK",
        remedy: "Name the MAK that the hosts carry; the published keys are part of Muster")
    }
    return partial
  }

  private static func entitlement(_ value: YAMLValue) throws(InputError) -> Entitlement {
    var product: String?
    var owned: Int?
    for (key, value) in try value.entries(["product", "owned"]) {
      if key == "product" {
        product = try Self.product(value)
      } else {
        owned = try value.number(0...Int.max)
      }
    }
    guard let product, let owned else {
      throw value.error(
        "an entitlement lacks its product or the number owned",
        remedy: "Add `product:` and `owned:`")
    }
    return Entitlement(product: product, owned: owned)
  }

  /// A product of the published keys, with or without its edition.
  private static func product(_ value: YAMLValue) throws(InputError) -> String {
    let text = try value.text()
    let records = ClientSetupKeys.published.records.filter(\.isChoosable)
    let known = records.map(\.product) + records.map { "\($0.product) \($0.editionName)" }
    guard known.contains(where: { $0.lowercased() == text.lowercased() }) else {
      throw value.error(
        "\(value.path) is \(InputQuote(text)), and no published key is for a product of that name",
        remedy: Spelling(text).nearest(among: known).map { "Write \($0) if that is meant" }
          ?? "Write a product such as Windows 11 or Windows Server 2022 Standard")
    }
    return text
  }

  private static func refuseTwins(
    _ names: [String], in value: YAMLValue, _ noun: String
  ) throws(InputError) {
    var seen: Set<String> = []
    for (place, name) in names.enumerated() where !seen.insert(name).inserted {
      throw try value.list()[place].error(
        "\(noun) \(name) stands here twice", remedy: "Keep one of its entries")
    }
  }
}
