import Planning
import Testing

/// What is wrong with a file gets one message: where, what, and what to do next.
struct InventoryMistakeTests {
  private static let head = "name,site,editionId,ntVersion,clientMachineId\n"

  /// A file, in which `HEAD` stands for a header, and how its message begins or what it holds.
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String

    var testDescription: String { String(message.prefix(60)) }

    init(_ text: String, _ message: String) {
      self.text = text.replacing("HEAD", with: "name,site,editionId,ntVersion,clientMachineId\n")
      self.message = message
    }
  }

  static let cases: [Case] = [
    Case("", "fleet.csv: the inventory is empty. Write one with `muster scan`"),
    Case("\n \r\n\n", "fleet.csv:1:1: the inventory is empty. Write one"),
    Case("HEAD", "the inventory names no host. Write one with `muster scan`"),
    Case("[]", "the inventory names no host. Write one with `muster scan`"),
    Case("ws-1,hq,Enterprise,10.0,\n", "fleet.csv:1:1: the first line is no header"),
    Case(
      "site,editionId,ntVersion\nhq,Enterprise,10.0\n", "fleet.csv:1:1: the column name is missing"),
    Case("name,ntVersion\nws-1,10.0\n", "fleet.csv:1:1: the column editionId is missing"),
    Case("name,editionId\nws-1,Enterprise\n", "fleet.csv:1:1: the column ntVersion is missing"),
    Case(
      "name,editionId,ntVersion,name\nws-1,Enterprise,10.0,x\n",
      "fleet.csv:1:26: the column name stands twice in the header. Remove or rename one"
    ),
    Case(
      "HEADws-1,hq,Enterprise,10.0,none-such\n",
      "fleet.csv:2:25, host ws-1: clientMachineId: “none-such” is not a GUID. Give ClientMachineID"
    ),
    Case(
      "HEADws-1,hq,Enterprise,5.2,\n",
      "fleet.csv:2:20, host ws-1: ntVersion: “5.2” is no NT version that KMS knows. Give 6.0"
    ),
    Case("HEAD,hq,Enterprise,10.0,\n", "fleet.csv:2:1: the record has no name. Fill in"),
    Case(
      "HEADws 1,hq,Enterprise,10.0,\n", "fleet.csv:2:1, host ws 1: “ws 1” is no host name. Give"),
    Case(
      "HEADws-1,hq,,10.0,\n",
      "fleet.csv:2:1, host ws-1: neither editionId with ntVersion nor osCaption is filled in. Fill"
    ),
    Case(
      "HEADws-1,hq,Enterprise,10.0\n",
      "fleet.csv:2:1, host ws-1: the record has 4 fields and the header 5. Give every column"
    ),
    Case(
      "HEADws-1,hq,Enterprise,10.0,,more\n",
      "fleet.csv:2:26, host ws-1: there are more fields than the header has (5). Put a field"
    ),
    Case(
      "HEADws-1,h\"q,Enterprise,10.0,\n",
      "fleet.csv:2:7, host ws-1: a quotation mark stands in the middle of a field. Put the whole"
    ),
    Case(
      "HEADws-1,\"hq\"x,Enterprise,10.0,\n",
      "fleet.csv:2:6, host ws-1: a quotation mark is opened here and closed in the middle of the"
    ),
    Case(
      "name,osCaption,lastSeen\na,Microsoft Windows 10 Pro,03/04/2026\n",
      "fleet.csv:2:28: lastSeen may mean day and month in either order, and no date here tells which"
    ),
    Case(
      "name,osCaption,lastSeen\na,Microsoft Windows 10 Pro,24/11/2026\nb,Microsoft Windows 10 Pro,11/24/2026\n",
      "fleet.csv:3:28: lastSeen has day and month in another order than dates before it. Write"
    ),
    Case(
      "name,osCaption,lastSeen\na,Microsoft Windows 10 Pro,last week\n",
      "fleet.csv:2:28, host a: lastSeen: “last week” is no date that can be read without doubt"
    ),
    Case(
      "{\"name\": \"a\", \"osCaption\": \"Windows\"",
      "fleet.csv:1:37, host a: a comma or } is expected here. Correct the JSON; a file that was cut off"
    ),
    Case(
      "[{\"name\": \"a\",\n  \"site\": {\"x\": 1}, \"osCaption\": \"Windows\"}]",
      "fleet.csv:2:11, host a: site holds an object. Give a text, a number, true, false or null"
    ),
  ]

  @Test(arguments: cases)
  func `a mistake is placed and explained`(file: Case) async throws {
    let complaint = try #require(await InventoryFile(file.text).complaint())
    #expect(complaint.contains(file.message), "\(complaint)")
    #expect(complaint.hasPrefix("fleet.csv") && complaint.hasSuffix("."))
    #expect(!complaint.contains("\n"))
  }

  /// Behind an opened quotation mark nobody can tell records from text.
  static let unclosed: [Case] = [
    Case(
      "ws-1,\"hq,Enterprise,10.0,\nws-2,hq,Enterprise,10.0,\n",
      "fleet.csv:3:6, host ws-1: a quotation mark is opened here and never closed. Close it, or"
    ),
    Case(
      "ws-1,\"hq,Enterprise,10.0,\nws-2,\"hq\",Enterprise,10.0,\nws-3,\"hq\",Enterprise,10.0,\n",
      """
      fleet.csv:3:6, host ws-1: a quotation mark is opened here and closed in the middle of \
      another, on a later line. Close it where its field ends
      """
    ),
    Case(
      "ws-1,\"hq,Enterprise,10.0,\nMANYws-3,\"hq\",Enterprise,10.0,\n",
      "fleet.csv:3:6, host ws-1: a field is longer than 65536 bytes. Shorten it, or look for a"
    ),
  ]

  @Test(arguments: unclosed)
  func `a quotation mark that is not closed is reported where it was opened, and nothing else is`(
    file: Case
  ) async throws {
    let many = String(repeating: "ws-2,hq,Enterprise,10.0,\n", count: 9000)
    let rows = "ws-0,\"hq\",Enterprise,10.0,\n" + file.text.replacing("MANY", with: many)
    let complaint = try #require(await InventoryFile(Self.head + rows).complaint())
    #expect(complaint.hasPrefix(file.message), "\(complaint)")
    #expect(!complaint.contains("\n"))
  }

  @Test(arguments: [false, true])
  func `ten megabytes in one field are refused`(quoted: Bool) async throws {
    let field = String(repeating: "x", count: 10 << 20)
    let complaint = try #require(
      await InventoryFile(
        Self.head + "ws-1,\(quoted ? "\"\(field)\"" : field),Enterprise,10.0,\n"
          + "ws-2,hq,Enterprise,10.0,\n"
      ).complaint())
    #expect(
      complaint
        == "fleet.csv:2:6, host ws-1: a field is longer than 65536 bytes. Shorten it, or look for "
        + "a quotation mark that is missing.")
  }

  @Test func `UTF-16 that is cut in the middle, or has no mark, is refused by name`() async {
    let whole = InventoryFile.utf16(Self.head, bigEndian: false).bytes
    for bytes in [Array(whole.dropLast()), Array(whole.dropFirst(2))] {
      #expect(
        await InventoryFile(bytes).complaint()
          == "fleet.csv: the text is neither UTF-8 nor whole UTF-16. Save the file as UTF-8, or as "
          + "UTF-16 with a byte order mark.")
    }
  }

  @Test func `Latin-1 is refused where it stands`() async {
    let bytes = Array((Self.head + "ws-1,Z").utf8) + [0xFC] + Array("rich,Enterprise,10.0,\n".utf8)
    #expect(
      await InventoryFile(bytes).complaint()
        == "fleet.csv:2:6, host ws-1: site is not UTF-8. Save the file as UTF-8, or as UTF-16 with a "
        + "byte order mark.")
  }

  @Test func `many mistakes are listed up to twenty, in the order of their lines`() async throws {
    let rows = (1...30).map { "ws-\($0),hq,Enterprise,10.0,bad\n" }.joined()
    let complaint = try #require(await InventoryFile(Self.head + rows).complaint())
    let lines = complaint.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines[0].hasPrefix("fleet.csv:2:25, host ws-1:"))
    #expect(lines[19].hasPrefix("fleet.csv:21:26, host ws-20:"))
    #expect(lines[20] == "… and 10 more like these.")
  }

  /// What is read is written into plans; a key must not be.
  @Test(arguments: [
    "KEY,hq,Enterprise,10.0,", "KEY.contoso.com,hq,Enterprise,10.0,", "ws-1,KEY,Enterprise,10.0,",
    "ws-1,see KEY,Enterprise,10.0,", "ws-1,hq,KEY,10.0,", "ws-1,hq,Enterprise,KEY,",
    "ws-1,hq,Enterprise,10.0,KEY",
  ])
  func `a product key in a wrong place is refused and not repeated`(row: String) async throws {
    let key = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"
    let complaint = try #require(
      await InventoryFile(Self.head + row.replacing("KEY", with: key) + "\n").complaint())
    #expect(complaint.hasPrefix("fleet.csv:2:"))
    #expect(complaint.contains("a product key, not shown"), "\(complaint)")
    #expect(!complaint.contains("CCCCC"))
  }

  @Test(arguments: ["group", "tags", "domain", "osCaption", "partialProductKey", "kmsHost"])
  func `nor is one in a column of its own`(column: String) async throws {
    let complaint = try #require(
      await InventoryFile(
        "name,editionId,ntVersion,\(column)\n"
          + "ws-1,Enterprise,10.0,BBBBB-CCCCC-DDDDD-FFFFF-B7B7B\n"
      ).complaint())
    #expect(complaint.hasPrefix("fleet.csv:2:22, host ws-1: \(column): "), "\(complaint)")
    #expect(!complaint.contains("CCCCC"))
  }
}
