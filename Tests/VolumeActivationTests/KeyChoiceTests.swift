import Testing
import VolumeActivation

struct `Choosing a key` {
  let keys = ClientSetupKeys.published

  func refusal(
    _ kind: ProductKind, _ version: NTVersion, _ build: Int?, _ edition: EditionID
  ) -> KeyChoiceError? {
    do throws(KeyChoiceError) {
      _ = try keys.choose(kind: kind, version: version, build: build, edition: edition)
      return nil
    } catch {
      return error
    }
  }

  func choice(caption: String, build: Int? = nil) throws(KeyChoiceError) -> KeyChoice {
    try keys.choose(kind: nil, version: nil, build: build, edition: nil, caption: caption)
  }

  @Test func `evaluation, multi-session and Azure Edition are refused as what they are`() {
    let ten = NTVersion(10, 0)
    #expect(refusal(.server, ten, 20348, "ServerStandardEval") == .evaluation("ServerStandardEval"))
    #expect(refusal(.client, ten, 22631, "EnterpriseEval") == .evaluation("EnterpriseEval"))
    #expect(refusal(.client, ten, 22631, "ServerRdsh") == .multiSession("ServerRdsh"))
    #expect(refusal(.server, ten, 20348, "ServerTurbine") == .azureEdition("ServerTurbine"))
    #expect(refusal(.server, ten, 26100, "ServerTurbine") == .azureEdition("ServerTurbine"))
  }

  @Test(arguments: ["Core", "CoreN", "CoreSingleLanguage", "CoreCountrySpecific"])
  func `the four misplaced rows under Windows Server 2012 are never chosen`(edition: String) {
    for kind in ProductKind.allCases {
      guard
        case .noPublishedKey = refusal(kind, NTVersion(6, 2), 9200, EditionID(rawValue: edition))
      else {
        Issue.record("\(edition) got a key as a \(kind)")
        continue
      }
    }
  }

  @Test func `a build between two releases gets no key rather than a neighbour's`() {
    let ten = NTVersion(10, 0)
    #expect(
      refusal(.server, ten, 20349, "ServerStandard")
        == .unknownBuild(
          20349, "ServerStandard",
          known: [14393...14393, 17763...17763, 20348...20348, 26100...26100]))
    #expect(
      refusal(.client, ten, 19046, "Enterprise")
        == .unknownBuild(19046, "Enterprise", known: [10240...19045, 22000...Int.max]))
    guard case .unknownBuild = refusal(.client, ten, 26200, "EnterpriseS") else {
      Issue.record("an LTSC edition of an unknown build got a key")
      return
    }
  }

  @Test func `the annual channel and Storage editions have no published key`() {
    guard
      case .noPublishedKey(_, let why) = refusal(
        .server, NTVersion(10, 0), 25398, "ServerDatacenter")
    else {
      Issue.record("23H2 got a key")
      return
    }
    #expect(why.contains("23H2"))
    guard
      case .noPublishedKey = refusal(.server, NTVersion(10, 0), 17763, "ServerStorageStandard")
    else {
      Issue.record("a Storage edition got a key")
      return
    }
  }

  @Test func `an edition that Windows does not have is told from one without a key`() {
    #expect(
      refusal(.client, NTVersion(10, 0), 19045, "Profesional") == .unknownEdition("Profesional"))
    guard case .noPublishedKey = refusal(.client, NTVersion(6, 1), 7601, "Ultimate") else {
      Issue.record("Ultimate is an edition, though it has no key")
      return
    }
    guard case .noPublishedKey = refusal(.client, NTVersion(6, 0), 6002, "Professional") else {
      Issue.record("Vista had no Professional")
      return
    }
  }

  @Test func `a server and a client of one build are told apart by their kind`() {
    guard case .noPublishedKey = refusal(.client, NTVersion(10, 0), 26100, "ServerStandard") else {
      Issue.record("a client got a server's key")
      return
    }
  }

  @Test func `without a build only the NT version can decide`() throws {
    #expect(refusal(.client, NTVersion(6, 1), nil, "Enterprise") == nil)
    #expect(
      refusal(.client, NTVersion(10, 0), nil, "Enterprise")
        == .buildNeeded("Enterprise", products: ["Windows 10", "Windows 11"]))
    let helped = try keys.choose(
      kind: .client, version: NTVersion(10, 0), build: nil, edition: "Enterprise",
      caption: "Microsoft Windows 11 Enterprise")
    #expect(helped.record.product == "Windows 11")
    #expect(helped.basis == .caption)
  }

  @Test func `identifiers win over a caption that says otherwise`() throws {
    let choice = try keys.choose(
      kind: .client, version: NTVersion(6, 1), build: 7601, edition: "Professional",
      caption: "Microsoft Windows 10 Enterprise")
    #expect(choice.record.product == "Windows 7")
    #expect(choice.basis == .identifiers)
    #expect(throws: KeyChoiceError.evaluation("EnterpriseEval")) {
      try keys.choose(
        kind: .client, version: nil, build: nil, edition: "EnterpriseEval",
        caption: "Microsoft Windows 10 Enterprise")
    }
  }

  @Test(arguments: [
    ("Microsoft Windows 7 Professional ", "GPDD4"),
    ("Microsoft Windows 8.1 Pro", "9D6T9"),
    ("Microsoft Windows 10 Pro", "T83GX"),
    ("Microsoft Windows 10 Enterprise LTSC", "J462D"),
    ("Microsoft Windows 10 Enterprise 2016 LTSB", "QJ4BJ"),
    ("Microsoft Windows 10 Enterprise 2015 LTSB", "76DF9"),
    ("Microsoft Windows 11 Education", "VCFB2"),
    ("Microsoft® Windows Server® 2008 Standard", "BFGM2"),
    ("Microsoft Windows Server 2008 R2 Enterprise", "CPX3Y"),
    ("Microsoft Windows Server 2012 R2 Datacenter", "Q3VJ9"),
    ("Microsoft Windows Server 2019 Standard", "J464C"),
    ("Microsoft Windows Server 2025 Datacenter", "YP6DF"),
  ])
  func `an English caption is a last resort, and the choice says so`(
    caption: String, partial: String
  ) throws {
    let choice = try choice(caption: caption)
    #expect(choice.record.key.partial.rawValue == partial)
    #expect(choice.basis == .caption)
  }

  @Test func `a caption that is localised, vague or an evaluation's gets no key`() {
    #expect(throws: KeyChoiceError.unknownCaption("Microsoft Windows 10 Entreprise")) {
      try choice(caption: "Microsoft Windows 10 Entreprise")
    }
    #expect(throws: KeyChoiceError.unknownCaption("Microsoft Windows 10")) {
      try choice(caption: "Microsoft Windows 10")
    }
    let evaluation = "Microsoft Windows Server 2022 Standard Evaluation"
    #expect(throws: KeyChoiceError.evaluation(EditionID(rawValue: evaluation))) {
      try choice(caption: evaluation)
    }
    let multiSession = "Microsoft Windows 11 Enterprise multi-session"
    #expect(throws: KeyChoiceError.multiSession(EditionID(rawValue: multiSession))) {
      try choice(caption: multiSession)
    }
    #expect(throws: KeyChoiceError.nothingToChooseBy) {
      try keys.choose(kind: nil, version: nil, build: nil, edition: nil, caption: nil)
    }
  }

  @Test func `a caption at odds with the build is ambiguous`() {
    #expect(
      throws: KeyChoiceError.ambiguousCaption(
        "Microsoft Windows 10 Pro", products: ["Windows 10"])
    ) {
      try choice(caption: "Microsoft Windows 10 Pro", build: 22631)
    }
  }

  @Test func `every refusal ends in what to do next and shows no key`() {
    let refusals: [KeyChoiceError] = [
      .evaluation("EnterpriseEval"), .azureEdition("ServerTurbine"), .multiSession("ServerRdsh"),
      .noPublishedKey("Core", why: "Home editions take no volume licence; leave it out"),
      .unknownBuild(1, "Enterprise", known: [10240...19045, 22000...Int.max, 7...7]),
      .buildNeeded("Enterprise", products: ["Windows 10", "Windows 11"]),
      .unknownEdition("Profesional"), .unknownCaption("Windows"),
      .ambiguousCaption("Windows", products: ["Windows 10", "Windows 11"]), .nothingToChooseBy,
    ]
    for refusal in refusals {
      #expect(
        ["leave it out", "scan", "convert", "check"].contains { refusal.description.contains($0) },
        "\(refusal)")
    }
    #expect(refusals[4].description.contains("10240 to 19045, 22000 and later, 7"))
  }
}
