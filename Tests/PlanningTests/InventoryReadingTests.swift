import Planning
import Testing
import VolumeActivation

/// What people have is read as it is.
struct InventoryReadingTests {
  private let plain = """
    name,site,editionId,ntVersion,build,lastSeen
    ws-1.contoso.com,Zürich,Enterprise,10.0,19045,2026-11-24
    ws-2.contoso.com,hq,Enterprise,10.0,22631,2026-11-23T08:30:00Z

    """

  /// Each form that programs write the same table in.
  private var forms: [(name: String, file: InventoryFile)] {
    let windows = plain.replacing("\n", with: "\r\n")
    return [
      ("a BOM", .marked(plain)), ("CRLF", InventoryFile(windows)),
      ("CR alone", InventoryFile(plain.replacing("\n", with: "\r"))),
      ("a BOM and CRLF", .marked(windows)),
      ("UTF-16 LE", .utf16(windows, bigEndian: false)),
      ("UTF-16 BE", .utf16(windows, bigEndian: true)),
      ("no last line end", InventoryFile(String(plain.dropLast()))),
      ("empty lines", InventoryFile(plain.replacing("\n", with: "\n\n"))),
      ("semicolons", InventoryFile(plain.replacing(",", with: ";"))),
      ("tabs in UTF-16", .utf16(windows.replacing(",", with: "\t"), bigEndian: false)),
      ("sep=", .marked("sep=;\r\n" + windows.replacing(",", with: ";"))),
      ("#TYPE", InventoryFile("#TYPE Selected.PSCustomObject\r\n" + windows)),
      (
        "quotes around every field",
        InventoryFile(
          plain.split(separator: "\n").map { line in
            line.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",") + "\r\n"
          }.joined())
      ),
      (
        "JSON",
        InventoryFile(
          """
          [{"name": "ws-1.contoso.com", "site": "Z\\u00fcrich", "editionId": "Enterprise",
            "ntVersion": "10.0", "build": 19045, "lastSeen": "2026-11-24"},
           {"name": "ws-2.contoso.com", "site": "hq", "editionId": "Enterprise",
            "ntVersion": "10.0", "build": 22631, "lastSeen": "2026-11-23T08:30:00Z"}]
          """)
      ),
      (
        "JSON Lines with a BOM",
        .marked(
          """
          {"build":22631,"name":"WS-2.contoso.com","site":"hq","editionId":"Enterprise",\
          "ntVersion":"10.0","lastSeen":"2026-11-23T08:30:00Z"}
          {"build":19045,"name":"ws-1.contoso.com.","site":"Zürich","editionId":"Enterprise",\
          "ntVersion":"10.0","lastSeen":"2026-11-24"}

          """)
      ),
    ]
  }

  @Test func `a BOM, CRLF, UTF-16, quotes, other separators and JSON say the same`() async throws {
    let expected = try await InventoryFile(plain).read()
    #expect(
      expected.hosts.map { expected.text[$0.name] } == ["ws-1.contoso.com", "ws-2.contoso.com"])
    for (name, file) in forms {
      for parts in 1...3 {
        let inventory = try await file.read(parts: parts)
        #expect(inventory.digest == expected.digest, "\(name) in \(parts) parts")
        #expect(inventory.notes.isEmpty, "\(name): \(inventory.notes)")
        #expect(inventory.sites.entries.map(\.value) == ["Zürich", "hq"], "\(name)")
      }
    }
  }

  @Test func `quoted commas, quotation marks and line breaks belong to their field`() async throws {
    let inventory = try await InventoryFile(
      "name,site,osCaption\n"
        + "a,\"Berlin, \"\"Mitte\"\"\",Microsoft Windows 10 Pro\n"
        + "b,\"first\r\nsecond\nthird\",Microsoft Windows 10 Pro\n"
        + "c,hq,Microsoft Windows 10 Pro\n"
    ).read()
    #expect(
      inventory.sites.entries.map(\.value) == [
        "Berlin, \"Mitte\"", "first\r\nsecond\nthird", "hq",
      ])
    #expect(inventory.hosts.map(\.line) == [2, 3, 6])
  }

  @Test(arguments: [
    "2026-11-24", "2026-11-24T00:00:00Z", "2026-11-24 00:00:00", "2026/11/24", "24.11.2026",
    "24/11/2026", "11/24/2026", "11/24/2026 12:00:00 AM", "2026-11-24T01:00:00+01:00",
    "20261124000000.000000+000", "20261124010000.000000+060", "/Date(1795478400000)/",
  ])
  func `a date is the same in every form that people and programs write`(
    date: String
  ) async throws {
    let inventory = try await InventoryFile(
      "name,osCaption,lastSeen\na,Microsoft Windows 10 Pro,\(date)\n"
    ).read()
    #expect(inventory.hosts.map(\.lastSeen) == [Timestamp(rawValue: 1_795_478_400_000)])
  }

  @Test func `slashed dates are told by those of the whole file that can be only one thing`()
    async throws
  {
    func dates(_ first: String, _ second: String) async throws(InputErrors) -> [Int64?] {
      let inventory = try await InventoryFile(
        "name,osCaption,lastSeen\na,Microsoft Windows 10 Pro,\(first)\n"
          + "b,Microsoft Windows 10 Pro,\(second)\n"
      ).read()
      return inventory.hosts.map { $0.lastSeen.map { $0.rawValue / 86_400_000 } }
    }
    // 3 April, and 4 March.
    #expect(try await dates("03/04/2026", "24/11/2026") == [20_546, 20_781])
    #expect(try await dates("03/04/2026", "11/24/2026") == [20_516, 20_781])
  }

  @Test(arguments: [
    ("OEM", Channel.oem), ("OEM:DM", .oem), ("OEM_SLP", .oem),
    ("Windows(R) Operating System, OEM_DM channel", .oem),
    ("Windows(R) 7, OEM_SLP channel", .oem),
    ("Windows Operating System - Windows(R) 7, OEM_COA_NSLP channel", .oem),
    ("Windows Operating System - Windows(R) 7, OEM_COA_SLP channel", .oem),
    ("Windows(R) Operating System, RETAIL channel", .retail), ("Retail", .retail),
    ("Windows(R) Operating System, VOLUME_MAK channel", .mak), ("Volume:MAK", .mak),
    ("Windows(R) Operating System, VOLUME_KMSCLIENT channel", .kmsClient),
    ("Volume:GVLK", .kmsClient), ("Windows(R) Operating System, VOLUME_KMS_2022 channel", .kmsHost),
    ("Volume:CSVLK", .kmsHost),
    ("Windows(R) Operating System, TIMEBASED_EVAL channel", .evaluation),
    ("Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel", .avma),
  ])
  func `a channel is read in slmgr's, VAMT's and WMI's words`(
    words: String, channel: Channel
  ) async throws {
    let inventory = try await InventoryFile(
      "name,osCaption,channel\na,Microsoft Windows 10 Pro,\"\(words)\"\n"
    ).read()
    #expect(inventory.hosts.map(\.channel) == [channel])
  }

  @Test func `rows about Office and about ESU add-ons are no hosts`() async throws {
    let inventory = try await InventoryFile(
      """
      FullyQualifiedDomainName,ProductName,LicenseFamily,ProductVersion,ApplicationId,LicenseIsAddon
      a.contoso.com,Windows,Professional,6.1.7601,55c92734-d682-4d71-983e-d6ec3f16059f,False
      a.contoso.com,Office,OfficeProPlus,16.0,0ff1ce15-a989-479d-af46-f275c6370663,False
      a.contoso.com,ESU,Client-ESU-Year1,6.1.7601,55c92734-d682-4d71-983e-d6ec3f16059f,
      a.contoso.com,ESU,Other,6.1.7601,55c92734-d682-4d71-983e-d6ec3f16059f,True

      """
    ).read()
    #expect(inventory.hosts.count == 1)
    #expect(
      inventory.notes == [
        "Passed over: 1 record about another product than Windows.",
        "Passed over: 2 records about an add-on such as ESU, which stays beside Windows.",
      ])
  }

  @Test func `a column that means nothing is said and ignored`() async throws {
    let inventory = try await InventoryFile(
      "name,osCaption,colour\na,Microsoft Windows 10 Pro,blue\n"
    ).read()
    #expect(inventory.notes == ["Column “colour” means nothing to Muster and was ignored."])
  }

  @Test func `the digest does not change with the order of rows and columns, or with JSON`()
    async throws
  {
    let first = try await InventoryFile(plain).read()
    let other = try await InventoryFile(plain.replacing("hq", with: "hQ")).read()
    #expect(first.digest != other.digest)
    let lines = plain.split(separator: "\n")
    let turned = [lines[0], lines[2], lines[1]].map { line in
      line.split(separator: ",").reversed().joined(separator: ",")
    }
    #expect(
      try await InventoryFile(turned.joined(separator: "\n")).read().digest == first.digest)
  }
}
