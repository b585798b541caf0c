import Foundation

/// An inventory of a company as large as one likes: the same bytes for the same number of hosts.
struct CompanyInventory {
  let hosts: Int

  private struct Release {
    var caption: String
    var edition: String
    var version: String
    var build: Int
    var type: Int
  }

  private static let releases = [
    Release(
      caption: "Microsoft Windows 10 Enterprise", edition: "Enterprise", version: "10.0",
      build: 19045, type: 1),
    Release(
      caption: "Microsoft Windows 11 Enterprise", edition: "Enterprise", version: "10.0",
      build: 22631, type: 1),
    Release(
      caption: "Microsoft Windows 11 Pro", edition: "Professional", version: "10.0", build: 26100,
      type: 1),
    Release(
      caption: "Microsoft Windows 7 Professional", edition: "Professional", version: "6.1",
      build: 7601, type: 1),
    Release(
      caption: "Microsoft Windows Server 2016 Standard", edition: "ServerStandard",
      version: "10.0", build: 14393, type: 3),
    Release(
      caption: "Microsoft Windows Server 2022 Datacenter", edition: "ServerDatacenter",
      version: "10.0", build: 20348, type: 3),
  ]

  private static let header =
    "name,site,osCaption,editionId,ntVersion,build,productType,channel,partialProductKey,"
    + "licenseStatus,graceMinutes,clientMachineId,kmsHost,domain,uuid,lastSeen,roaming,criticality,tags\r\n"

  /// Writes the CSV, a megabyte at a time so that this program stays small.
  func write(to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var random = SplitMix64(seed: 2)
    var text = Self.header
    for number in 0..<hosts {
      text += row(number, &random)
      if text.utf8.count > 1 << 20 {
        try file.write(contentsOf: Data(text.utf8))
        text.removeAll(keepingCapacity: true)
      }
    }
    try file.write(contentsOf: Data(text.utf8))
  }

  private func row(_ number: Int, _ random: inout SplitMix64) -> String {
    let draw = random.next()
    let release = Self.releases[Int(draw % 64) < 54 ? Int(draw % 3) : Int(draw >> 8 % 6)]
    // Nine of ten carry a MAK; the rest are retail, OEM and KMS clients.
    let kind = draw >> 16 & 31
    let (channel, key) =
      kind < 28
      ? ("mak", kind < 20 ? "B7B7B" : "D9D9D")
      : kind == 28 ? ("retail", "RRRRR") : kind == 29 ? ("oem", "MMMMM") : ("kmsClient", "2YT43")
    let fields = [
      "pc\(number).corp.contoso.com", "site-\(draw >> 24 & 63)", release.caption, release.edition,
      release.version, "\(release.build)", "\(release.type)", channel, key, "1", "0",
      guid(&random), channel == "kmsClient" ? "kms01.corp.contoso.com" : "", "corp.contoso.com",
      guid(&random), "2026-11-\(10 + draw >> 32 % 14)",
      draw >> 40 & 15 == 0 ? "true" : "false", draw >> 44 & 15 == 0 ? "high" : "normal",
      draw >> 48 & 7 == 0 ? "\"finance, ring 1\"" : "ring 2",
    ]
    return fields.joined(separator: ",") + "\r\n"
  }

  private func guid(_ random: inout SplitMix64) -> String {
    let digits = [random.next(), random.next()].map { value in
      let text = String(value, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    var cuts = digits[...]
    return [8, 4, 4, 4, 12].map { length in
      defer { cuts = cuts.dropFirst(length) }
      return String(cuts.prefix(length))
    }.joined(separator: "-")
  }

  /// The configuration that goes with it.
  static let configuration = """
    kmsHosts:
      - name: kms01.corp.contoso.com
        sites: ["site-*"]
        hostKey: Windows Server 2025
        count: 7
    maks:
      - endsWith: B7B7B
        activationsLeft: 1000000
        secret: env:MUSTER_MAK_B7B7B
      - endsWith: D9D9D
        activationsLeft: 1000000
        secret: env:MUSTER_MAK_D9D9D
    transport: {kind: simulated}

    """
}
