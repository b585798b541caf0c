import Configuration
import Foundation
import Planning
import Testing
import VolumeActivation

/// Where a MAK comes from, and what keeps it from being taken.
struct SecretTests {
  private let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  @Test func `a secrets file is trusted when it is ours or root's, and nobody else's to read`() {
    func flaw(_ owner: UInt32, _ mode: UInt32) -> SecretsFileAccess.Flaw? {
      SecretsFileAccess(owner: owner, mode: 0o100000 | mode).flaw(for: 1000)
    }
    #expect(flaw(1000, 0o600) == nil)
    #expect(flaw(1000, 0o400) == nil)
    #expect(flaw(0, 0o600) == nil)
    #expect(flaw(1001, 0o600) == .foreignOwner(1001))
    #expect(flaw(1000, 0o640) == .openToOthers(mode: "0640"))
    #expect(flaw(1000, 0o604) == .openToOthers(mode: "0604"))
    #expect(flaw(1000, 0o620) == .openToOthers(mode: "0620"))
    #expect(flaw(1001, 0o644) == .openToOthers(mode: "0644"))
  }

  /// A configuration in a folder of its own, whose MAK comes from `source`.
  private func configuration(_ source: String, in folder: URL) throws -> Configuration {
    try Configuration(reading: [
      Configuration.Source(
        file: folder.appending(path: "muster.yaml").path,
        text: "maks:\n  - endsWith: B7B7B\n    activationsLeft: 5\n    secret: \(source)\n")
    ])
  }

  /// What is said when the MAK is asked for; nil when it is given.
  private func complaint(
    _ source: String, file contents: String = "", mode: Int = 0o600,
    environment: [String: String] = [:]
  ) throws -> String? {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "muster-secrets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "mak.txt")
    try Data(contents.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    let partial = try #require(PartialProductKey("B7B7B"))
    do {
      let key = try configuration(source, in: folder)
        .key(endingWith: partial, environment: environment)
      #expect(key.reveal { $0 } == mak)
      return nil
    } catch {
      let text = "\(error)"
      #expect(text.contains("muster.yaml:2:"))
      #expect(!text.contains("CCCCC"))
      return text
    }
  }

  @Test func `the three sources give the MAK`() throws {
    #expect(try complaint("file:mak.txt", file: "  \(mak)\r\n") == nil)
    #expect(try complaint("env:M", environment: ["M": mak]) == nil)
    #expect(try complaint("\"command:printf 'BBBBB-CCCCC-DDDDD-%s' FFFFF-B7B7B\"") == nil)
  }

  @Test func `a command sees no secret of the environment, nor what is Muster's`() throws {
    // It fails where it sees one.
    let command =
      "[ -z \"$MUSTER_PASSWORD$OTHER_MAK\" ] && [ \"$PLACE\" = here ] && "
      + "printf 'BBBBB-CCCCC-DDDDD-%s' FFFFF-B7B7B"
    let folder = FileManager.default.temporaryDirectory
    let configuration = try Configuration(reading: [
      Configuration.Source(
        file: folder.appending(path: "muster.yaml").path,
        text: """
          maks:
            - endsWith: B7B7B
              activationsLeft: 5
              secret: >-
                command:\(command)
            - {endsWith: B6B6B, activationsLeft: 5, secret: 'env:OTHER_MAK'}
          """)
    ])
    let key = try configuration.key(
      endingWith: try #require(PartialProductKey("B7B7B")),
      environment: [
        "MUSTER_PASSWORD": "Correct-Horse", "OTHER_MAK": "a key", "PLACE": "here",
        "PATH": "/usr/bin:/bin",
      ])
    #expect(key.reveal { $0 } == mak)
  }

  @Test func `a command that writes much is heard out, and its first line taken`() throws {
    #expect(
      try complaint("\"command:echo BBBBB-CCCCC-DDDDD-$(echo FFFFF-B7B7B); seq 100000\"") == nil)
  }

  @Test func `what cannot be trusted or is no MAK has its message`() throws {
    func says(_ words: String, _ text: String?) {
      #expect(text?.contains(words) == true, "\(text ?? "accepted")")
    }
    says("can be read by others (mode 0644)", try complaint("file:mak.txt", file: mak, mode: 0o644))
    says("cannot be read: No such file", try complaint("file:other.txt"))
    says("is no product key: a product key has 5 groups", try complaint("file:mak.txt"))
    says("is not set", try complaint("env:M"))
    says("failed with status 3", try complaint("command:exit 3"))
    says(
      "is a published client setup key (GVLK), no MAK",
      try complaint("env:M", environment: ["M": "W269N-WFGWX-YVC9B-4J6C9-T83GX"]))
    says(
      "ends in B6B6B, and the configuration says B7B7B",
      try complaint("env:M", environment: ["M": "BBBBB-CCCCC-DDDDD-FFFFF-B6B6B"]))
  }
}
