import Planning
import Testing

/// What hosts say, on its way into a file that people open in a spreadsheet.
struct CSVFieldTests {
  @Test(arguments: [
    ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
    ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    ("-x.corp.example", "'-x.corp.example"), ("@SUM(A1)", "'@SUM(A1)"), ("  =1", "'  =1"),
    ("\t=1", "' =1"), ("\r\n=1", "' =1"), ("＝1", "'＝1"), ("\u{202E}=1", "' =1"),
  ])
  func `a formula is a text`(said: String, written: String) {
    #expect(CSVField(from: said).text == written)
  }

  @Test(arguments: ["-5", "+3.5", "-1e3", "19045", "a=b", "Enterprise", "ws-001", "", "0x-1"])
  func `what is none stays as it is`(said: String) {
    #expect(CSVField(from: said).text == said)
  }

  @Test func `a product key is left out, and controls do not reach a terminal`() {
    #expect(!CSVField(from: "is BBBBB-CCCCC-DDDDD-FFFFF-B7B7B").text.contains("CCCCC"))
    #expect(CSVField(from: "a\u{1B}[2Jb\nc").text == "a [2Jb c")
  }

  @Test func `a person's own word is not changed, whatever it begins with`() {
    #expect(CSVField("=hq").text == "=hq")
    #expect(CSVField("-5").text == "-5")
  }

  @Test(arguments: [
    ["a", "b"], ["", ""], ["a,b", "say \"x\"", ""], ["\"", ",\"", "\"\""], ["=1", "-5", "'x"],
  ])
  func `a line of fields is read as it was written`(fields: [String]) {
    let line = fields.map { CSVField($0).text }.joined(separator: ",")
    #expect(CSVField.fields(of: line[...]) == fields)
  }

  @Test func `a line that was cut in a quote is none`() {
    #expect(CSVField.fields(of: "a,\"b") == nil)
  }

  @Test func `an inventory of what hostile hosts say is one`() async throws {
    let header = "name,editionId,ntVersion,build,channel,tags,scanError\n"
    let edition = CSVField(from: "=cmd|'/C calc',\"\n").text
    let rows =
      "ws-001.corp.example,\(edition),10.0,19045,mak,,\n"
      + "ws-002.corp.example,,,,,unreachable,\(CSVField(from: "@no, \"it\"\r\n-1").text)\n"
    let inventory = try await InventoryFile(header + rows).read()
    #expect(inventory.hosts.count == 2)
    #expect(inventory.notes.isEmpty)
  }
}
