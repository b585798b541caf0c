import Foundation
import TestProgram
import Testing

/// What people put into `muster.yaml`, and the file with their MAK.
@Suite(.serialized) struct ConfigurationMistakesTests {
  private static let kmsHost = "kmsHosts:\n  - name: kms01.corp.example\n"

  private static func configuration(
    _ description: String, _ words: [String], _ text: String
  ) -> Mistake {
    Mistake(description, 1, words) { try $0.write("muster.yaml", text) }
  }

  static let mistakes: [Mistake] = [
    Mistake("no configuration", 1, ["inventory.csv: no muster.yaml was found", "--config"]) {
      try FileManager.default.removeItem(at: $0.folder.appending(path: "muster.yaml"))
    },
    configuration(
      "an unknown key", ["muster.yaml:3:5: unknown key “sights” in kmsHosts[1]", "Write sites if"],
      kmsHost + "    sights: [hq]\n"),
    configuration(
      "an unknown key of the policy",
      ["muster.yaml:2:3: unknown key “max-exposd” in policy", "Write maxExposed if"],
      "policy:\n  max-exposd: 5\n"),
    configuration(
      "a key twice", ["muster.yaml:1:1", "“kmsHosts” stands twice"], kmsHost + kmsHost),
    configuration(
      "text that is no YAML", ["muster.yaml:2:1: this is not YAML", "Check indentation"],
      "kmsHosts: [\n}\n"),
    configuration(
      "a KMS host with an empty list of sites",
      ["muster.yaml:3:12: this KMS host serves no site", "Name its sites"],
      kmsHost + "    sites: []\n"),
    configuration(
      "a KMS host with an empty site",
      ["muster.yaml:3:12: this KMS host serves no site", "Name its sites"],
      kmsHost + "    sites: \"\"\n"),
    configuration(
      "a KMS host with nothing behind sites",
      ["muster.yaml:3:", "this KMS host serves no site", "Name its sites"],
      kmsHost + "    sites:\n"),
    configuration(
      "a MAK that is a GVLK",
      ["muster.yaml:2:15: maks[1].endsWith is 2YT43", "client setup key (GVLK)", "Name the MAK"],
      "maks:\n  - endsWith: 2YT43\n    activationsLeft: 5\n"),
    configuration(
      "a whole key for a MAK's end",
      ["muster.yaml:2:15: maks[1].endsWith holds a product key", "last five characters"],
      "maks:\n  - endsWith: \(Office.mak)\n    activationsLeft: 5\n"),
    configuration(
      "a whole key for a secret's place",
      ["muster.yaml:4:13: maks[1].secret holds a product key", "where it is stored"],
      "maks:\n  - endsWith: B7B7B\n    activationsLeft: 5\n    secret: \(Office.mak)\n"),
    configuration(
      "a whole key for a host key",
      ["muster.yaml:3:14: kmsHosts[1].hostKey holds a product key", "Take it out"],
      kmsHost + "    hostKey: \(Office.mak)\n"),
    configuration(
      "a whole key for a key of the mapping", ["muster.yaml:1:1: unknown key (a product key"],
      "\(Office.mak): 5\n"),
    configuration(
      "a misspelt product",
      ["muster.yaml:2:14", "“Windows 1O”", "no published key", "Write Windows 10 if"],
      "entitlements:\n  - product: Windows 1O\n    owned: 3\n"),
    configuration(
      "a time zone that there is not", ["muster.yaml:2:11", "“Europe/Berln”", "IANA name"],
      "policy:\n  window: \"20:00-05:00 Europe/Berln\"\n"),
    configuration(
      "a probability above 1",
      ["muster.yaml:2:15: policy.confidence is “99”", "Write a probability"],
      "policy:\n  confidence: 99\n"),
  ]

  @Test(arguments: mistakes)
  func `a mistake in the configuration gets one message and changes nothing`(
    mistake: Mistake
  ) async throws {
    try await mistake.expectRefusal()
  }

  @Test(arguments: [
    (0o644, "mode 0644"), (0o640, "mode 0640"), (0o660, "mode 0660"), (0o602, "mode 0602"),
  ])
  func `a secrets file that others can get at is refused before anything is done`(
    mode: Int, words: String
  ) async throws {
    let office = try Office()
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let configuration = try office.read("muster.yaml")
    try office.write(
      "muster.yaml", configuration.replacing("env:MUSTER_MAK_B7B7B", with: "file:mak.txt"))
    try office.write("mak.txt", Office.mak + "\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: office.folder.appending(path: "mak.txt").path)
    let before = try office.contents
    let ending = try await office.muster.run("apply", "plan.jsonl")
    #expect(ending.code == 1)
    #expect(ending.messages.contains("muster.yaml:7:15: the secrets file "), "\(ending.messages)")
    #expect(ending.messages.contains("mak.txt can be read by others (\(words))"))
    #expect(ending.messages.contains("Run `chmod 600"))
    #expect(!ending.everything.contains(Office.mak))
    #expect(try office.contents == before)
  }
}
