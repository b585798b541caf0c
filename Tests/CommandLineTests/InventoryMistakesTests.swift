import Foundation
import TestProgram
import Testing

/// What people put into inventories: what is fine works, and what is not gets one message.
@Suite(.serialized) struct InventoryMistakesTests {
  private static let head = "name,site,editionId,ntVersion,clientMachineId\n"

  private static func inventory(
    _ description: String, _ words: [String], _ text: String
  ) -> Mistake {
    Mistake(description, 1, words) {
      try $0.write("inventory.csv", text.replacing("HEAD", with: head))
    }
  }

  static let mistakes: [Mistake] = [
    inventory("an empty inventory", ["inventory.csv: the inventory is empty", "muster scan"], ""),
    inventory(
      "an inventory without a header", ["inventory.csv:1:1: the first line is no header", "Begin"],
      Office.line(1, "ws", "Enterprise", 19045, 1) + "\n"),
    inventory(
      "an inventory with a header alone", ["inventory.csv", "names no host", "muster scan"], "HEAD"),
    inventory(
      "an inventory without names", ["inventory.csv:1:1: the column name is missing", "Give"],
      "site,editionId,ntVersion\nhq,Enterprise,10.0\n"),
    inventory(
      "an inventory without editions", ["inventory.csv:1:1: the column editionId is missing"],
      "name,site,ntVersion\nws-1,hq,10.0\n"),
    inventory(
      "a CMID that is no GUID",
      [
        "inventory.csv:3:38, host ws-2.corp.example: clientMachineId: “none-such” is not a GUID",
        "Give ClientMachineID as 8-4-4-4-12",
      ],
      "HEADws-1.corp.example,hq,Enterprise,10.0,\nws-2.corp.example,hq,Enterprise,10.0,none-such\n"
    ),
    inventory(
      "ten megabytes in one field",
      ["inventory.csv:2:6, host ws-1: a field is longer than 65536 bytes", "Shorten it"],
      "HEADws-1,\"\(String(repeating: "x", count: 10 << 20))\",Enterprise,10.0,\n"),
    inventory(
      "a quotation mark that is never closed",
      ["inventory.csv:2:6, host ws-1: a quotation mark is opened here", "Close it"],
      "HEADws-1,\"hq,Enterprise,10.0,\nws-2,hq,Enterprise,10.0,\n"),
    inventory(
      "a date that may mean two days", ["inventory.csv:2:17", "day and month", "Write 2026-11-24"],
      "name,osCaption,lastSeen\nws-1,Windows 10,03/04/2026\n"),
    inventory(
      "a product key as a host's site",
      ["inventory.csv:2:6, host ws-1: site: (a product key, not shown)", "Take whole keys out"],
      "HEADws-1,\(Office.mak),Enterprise,10.0,\n"),
    inventory(
      "JSON that was cut off", ["inventory.csv:1:44, host ws: a comma or ]", "cut off"],
      "[{\"name\":\"ws\",\"osCaption\":\"Windows 10 Pro\"}"),
    Mistake("UTF-16 that was cut in the middle", 1, ["inventory.csv", "whole UTF-16", "Save"]) {
      try $0.write("inventory.csv", bytes: [0xFF, 0xFE, 0x6E, 0x00, 0x61])
    },
    Mistake("Latin-1", 1, ["inventory.csv:2:6, host ws-1: site is not UTF-8", "Save the file"]) {
      try $0.write(
        "inventory.csv",
        bytes: Array((head + "ws-1,Z").utf8) + [0xFC] + Array("rich,Enterprise,10.0,\n".utf8))
    },
    Mistake(
      "an inventory that is not there", 1, ["nowhere.csv: it cannot be read", "Check its name"],
      ["plan", "nowhere.csv"]),
    Mistake(
      "a folder for an inventory", 1, ["folder.csv: it cannot be read", "Check"],
      ["plan", "folder.csv", "-o", "plan.jsonl"]
    ) {
      try FileManager.default.createDirectory(
        at: $0.folder.appending(path: "folder.csv"), withIntermediateDirectories: false)
    },
  ]

  @Test(arguments: mistakes)
  func `a mistake in an inventory gets one message and changes nothing`(
    mistake: Mistake
  ) async throws {
    try await mistake.expectRefusal()
  }

  /// An inventory in a form that some program writes; the plan must be that of the plain one.
  struct Form: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: @Sendable (String) -> [UInt8]

    init(_ description: String, _ bytes: @escaping @Sendable (String) -> [UInt8]) {
      testDescription = description
      self.bytes = bytes
    }
  }

  static let forms: [Form] = [
    Form("a BOM") { [0xEF, 0xBB, 0xBF] + Array($0.utf8) },
    Form("CRLF") { Array($0.replacing("\n", with: "\r\n").utf8) },
    Form("UTF-16 LE") { ("\u{FEFF}" + $0).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } },
    Form("UTF-16 BE") { ("\u{FEFF}" + $0).utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } },
    Form("semicolons") { Array($0.replacing(",", with: ";").utf8) },
    Form("quotes") { Array($0.replacing(",hq,", with: ",\"hq\",").utf8) },
    Form("rows in another order") { text in
      let lines = text.split(separator: "\n")
      return Array(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n").utf8)
    },
    Form("dates with a slash") {
      Array($0.replacing("2026-11-23T08:00:00Z", with: "11/23/2026 08:00:00").utf8)
    },
    Form("dates with full stops") {
      Array($0.replacing("2026-11-23T08:00:00Z", with: "23.11.2026 8:00").utf8)
    },
    Form("WMI's dates") {
      Array($0.replacing("2026-11-23T08:00:00Z", with: "20261123090000.000000+060").utf8)
    },
  ]

  @Test(arguments: forms)
  func `what Excel and Export-Csv write gives the same plan`(form: Form) async throws {
    let office = try Office()
    defer { office.remove() }
    let plain = try await office.muster.run("plan", "inventory.csv", "-o", "plain.jsonl")
    #expect(plain.code == 0, "\(plain.messages)")
    try office.write("inventory.csv", bytes: form.bytes(try office.read("inventory.csv")))
    let other = try await office.muster.run("plan", "inventory.csv", "-o", "other.jsonl")
    #expect(other.code == 0, "\(other.messages)")
    #expect(try office.read("plain.jsonl") == office.read("other.jsonl"))
  }

  @Test func `odd records are left out by name, with what to do, and the rest is planned`()
    async throws
  {
    let office = try Office()
    defer { office.remove() }
    let row = Office.line(50, "ws", "Enterprise", 19045, 1)
    let lines = [
      row, row.replacing("ws-050", with: "WS-050"),
      Office.line(51, "ws", "Enterprise", 19045, 1), Office.line(51, "ws", "Enterprise", 22631, 1),
      Office.line(52, "ws", "Nonsense", 19045, 1),
      Office.line(53, "ws", "Enterprise", 19045, 1)
        .replacing(",hq,", with: ",\"hq, 2nd \"\"floor\"\"\nleft\","),
    ]
    try office.write(
      "inventory.csv",
      Office.inventory(clients: 32, servers: 6) + lines.joined(separator: "\n") + "\n")
    let ending = try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.everything.contains("1 record repeats another word for word"))
    let plan = try office.read("plan.jsonl").split(separator: "\n")
    #expect(plan.count { $0.contains("ws-050.corp.example") } == 1)
    func line(_ name: String) -> String {
      plan.first { $0.contains("{\"leftOut\":\"\(name).corp.example\"") }.map(String.init) ?? ""
    }
    #expect(line("ws-051").contains("2 records of this name differ in build; keep the one"))
    #expect(line("ws-052").contains("no Windows edition is called Nonsense; check the column"))
    #expect(line("ws-053").contains(#"no KMS host serves its site hq, 2nd \"floor\"\u000aleft"#))
  }
}

extension Mistake {
  /// Makes it, and expects one message with its code and nothing changed.
  func expectRefusal() async throws {
    let office = try Office()
    defer { office.remove() }
    try prepare(office)
    let before = try office.contents
    let ending = try await office.muster.run(arguments)
    #expect(ending.code == code, "\(ending.messages)")
    for word in words {
      #expect(ending.messages.contains(word), "\(ending.messages)")
    }
    #expect(ending.messages.hasPrefix("muster: ") && ending.messages.hasSuffix(".\n"))
    #expect(ending.messages.count { $0 == "\n" } == 1, "\(ending.messages)")
    #expect(ending.output.isEmpty)
    #expect(try office.contents == before)
    #expect(!ending.everything.contains("CCCCC"))
  }
}

extension Office {
  func write(_ name: String, bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  /// What is in the folder: each file's bytes by its path.
  var contents: [String: Data] {
    get throws {
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      return Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, (try? Data(contentsOf: folder.appending(path: name))) ?? Data())
        })
    }
  }
}
