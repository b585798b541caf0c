import Configuration
import Planning
import Testing
import VolumeActivation

/// What `muster.yaml` may say.
struct ConfigurationReadingTests {
  private func read(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
    try Configuration(
      reading: [Configuration.Source(file: "muster.yaml", text: text)], environment: environment)
  }

  private func refusal(of text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `a KMS host without sites serves all of them, and each named one is its own`() throws {
    let configuration = try read(
      """
      kmsHosts:
        - name: kms01.corp.example
        - name: kms02.corp.example
          sites: plant
        - name: kms03.corp.example:1689
          sites: [hq, "branch-*"]
      """)
    #expect(
      configuration.kmsHosts.map { $0.sites.map(\.rawValue) } == [
        ["*"], ["plant"], ["hq", "branch-*"],
      ])
    #expect(configuration.kmsHosts[2].address.port == 1689)
  }

  @Test(arguments: [
    "sites: \"\"", "sites: []", "sites:", "sites: [hq, \"\"]", "sites: ~",
  ])
  func `sites that are none are refused`(line: String) throws {
    let text = try #require(refusal(of: "kmsHosts:\n  - name: kms01\n    \(line)\n"))
    #expect(text.hasPrefix("muster.yaml:3:") && text.contains("serves no site"), "\(text)")
  }

  @Test(arguments: [
    ("kmsHost: []", "muster.yaml:1:1: unknown key “kmsHost”. Write kmsHosts if that is meant"),
    ("Policy: {}", "unknown key “Policy”. Write policy if that is meant; known here: kmsHosts"),
    ("policy: {wave: []}", "muster.yaml:1:10: unknown key “wave” in policy. Write waves if"),
    ("policy: {maxExposure: 3}", "Write maxExposed if"),
    ("transport: {knd: simulated}", "unknown key “knd” in transport. Write kind if"),
    ("qwertyuiop: 1", "unknown key “qwertyuiop”. Remove or correct it; known here: kmsHosts, maks"),
  ])
  func `an unknown key gets its place and what may have been meant`(
    text: String, message: String
  ) throws {
    let complaint = try #require(refusal(of: text))
    #expect(complaint.contains(message), "\(complaint)")
  }

  @Test func `the environment goes before the file, and says where it is wrong`() throws {
    let configuration = try read(
      "policy: {maxExposed: 5, soak: 1h}",
      environment: ["MUSTER_MAX_EXPOSED": "7", "MUSTER_WAVES": "1%, rest"])
    #expect(configuration.policy.maxExposed == 7)
    #expect(configuration.policy.soak == .hours(1))
    #expect(configuration.policy.waves == [.percent(1), .rest])
    #expect(throws: InputError.self) {
      try read("", environment: ["MUSTER_MAX_EXPOSED": "many"])
    }
  }

  @Test func `owned licences are for products that there are`() throws {
    let owned = try read(
      """
      entitlements:
        - {product: windows 11, owned: 3}
        - {product: Windows Server 2022 Standard, owned: 4}
      """
    ).entitlements
    #expect(owned.map(\.owned) == [3, 4])
    let text = try #require(refusal(of: "entitlements: [{product: Windows 12, owned: 3}]"))
    #expect(text.contains("no published key is for a product of that name. Write Windows 1"))
  }

  @Test(arguments: [
    "kmsHosts: [{name: KEY}]", "kmsHosts: [{name: kms01, sites: [KEY]}]",
    "kmsHosts: [{name: kms01, hostKey: KEY}]", "maks: [{endsWith: KEY}]",
    "maks: [{endsWith: B7B7B, activationsLeft: KEY}]", "maks: [{endsWith: B7B7B, secret: KEY}]",
    "maks: [{endsWith: B7B7B, secret: \"command:echo KEY\"}]", "maks: [{KEY: 1}]",
    "maks: KEY", "entitlements: [{product: KEY, owned: 1}]", "policy: {waves: [KEY]}",
    "policy: {allowIrreversible: [KEY]}", "policy: {window: KEY}", "policy: {KEY: 1, KEY: 2}",
    "transport: {fleet: KEY}", "transport: {kind: KEY}", "KEY",
  ])
  func `a product key is refused wherever it stands, and never repeated`(text: String) throws {
    let complaint = try #require(
      refusal(of: text.replacing("KEY", with: "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B")))
    #expect(complaint.hasPrefix("muster.yaml:1:"), "\(complaint)")
    #expect(!complaint.contains("CCCCC"), "\(complaint)")
  }
}
