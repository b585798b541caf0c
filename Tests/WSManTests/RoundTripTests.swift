import Randomness
import Testing
import WSMan

/// Requests and answers as the other side reads them.
struct RoundTripTests {
  private static let product = InstancePath(
    .licensing("SoftwareLicensingProduct"), [Selector("ID", "<&>\"'\r\n\t ä🙂")])

  private static let operations: [Operation] = [
    .get(product), .query(WQLQuery(["A"], from: "B", where: [.isPresent("A")])),
    .enumerate(
      Enumeration(source: .all(of: .licensing("B")), maximum: 7, isOptimized: false)),
    .pull(.licensingQueries, EnumerationContext(" c & d "), maximum: 50),
    .release(.licensingQueries, EnumerationContext("c")),
    .invoke("Activate", of: product, [:]),
    .invoke(
      "SetKeyManagementServiceMachine", of: product,
      ["MachineName": "kms01.contoso.com", "Odd": " \r\n<&>]]>\u{85}\u{FFFD} "]),
    .invoke("GetStringValue", of: InstancePath(.registry), ["sSubKeyName": "a\\b"]),
  ]

  @Test(arguments: operations)
  func `a request is read as it was written`(operation: WSMan.Operation) throws {
    let request = Request(
      operation, endpoint: "http://pc17.corp.example:5985/wsman?a=b&c", message: Wire.message,
      timeout: .seconds(120))
    #expect(try Incoming(parsing: request.envelope()) == .request(request))
  }

  @Test func `the values of parameters reach a method as text, null as absence`() throws {
    let request = Request(
      .invoke(
        "M", of: InstancePath(.licensing("C")),
        [
          "A": 4_294_967_295, "B": true, "C": .signed(-1), "D": nil, "E": .array(["x", "y"]),
          "F": "", "G": .interval(.seconds(90)),
        ]),
      endpoint: "")
    guard case .request(let read) = try Incoming(parsing: request.envelope()),
      case .invoke(_, of: _, let parameters) = read.operation
    else {
      Issue.record("no method was read")
      return
    }
    #expect(
      parameters.properties.map(\.name) == ["A", "B", "C", "E", "E", "F", "G"])
    #expect(
      parameters.properties.map(\.value)
        == ["4294967295", "true", "-1", "x", "y", "", "PT90S"])
  }

  @Test(arguments: ["\0", "\u{1}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
  func `a character that XML cannot hold is not sent`(character: String) {
    let request = Request(
      .invoke("M", of: InstancePath(.licensing("C")), ["A": .string("x\(character)y")]),
      endpoint: "")
    #expect(throws: XMLError.self) { try request.envelope() }
  }

  @Test func `a first reply that was not to hold instances holds the context alone`() throws {
    let page = AnswerPage(.enumerate, .fragments, rows: [], next: EnumerationContext("c"))
    let bytes = try Answer(.page(page), to: Wire.message).envelope()
    #expect(!String(decoding: bytes, as: UTF8.self).contains("Items"))
    let read = try ReplyEnvelope(parsing: bytes, answering: Wire.message).page()
    #expect(read.instances.isEmpty)
    #expect(read.next == page.next)
  }

  @Test func `names are the same without case, and only then`() {
    let name: CIMName = "Key_1"
    #expect(name.isSame(as: "kEY_1"))
    for other in ["Key_2", "Kez_1", "Key_", "KeyA1"] as [CIMName] {
      #expect(!name.isSame(as: other))
    }
  }

  @Test func `a message ID is new each time and in upper case`() throws {
    let ids = Set((0..<1000).map { _ in MessageID.random().text })
    #expect(ids.count == 1000)
    for id in ids {
      let match = try /uuid:[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/
        .wholeMatch(in: id)
      #expect(match != nil)
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `an answer is read as it was written`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let rows = (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.row(&random) }
    let styles: [AnswerPage.RowStyle] = [.fragments, .instances(of: .licensing("C"))]
    let style = try #require(styles.randomElement(using: &random))
    let operation: AnswerPage.Operation = Bool.random(using: &random) ? .enumerate : .pull
    let next = Bool.random(using: &random) ? EnumerationContext("c\(seed)") : nil
    let answer = Answer(
      .page(AnswerPage(operation, style, rows: rows, next: next)), to: Wire.message)
    let page = try ReplyEnvelope(parsing: answer.envelope(), answering: Wire.message).page()
    #expect(page.next == next)
    #expect(try page.instances.map(Self.read) == rows)

    let result = Answer(
      .result(of: "M", on: .licensing("C"), ["ReturnValue": .unsigned(seed)]), to: Wire.message)
    let reply = try ReplyEnvelope(parsing: result.envelope(), answering: Wire.message)
    #expect(try UInt64(reply.result().returnValue) == seed)

    let row = Self.row(&random)
    let get = Answer(.instance(row, of: .licensing("C")), to: Wire.message)
    let instance = try ReplyEnvelope(parsing: get.envelope(), answering: Wire.message).instance()
    #expect(try Self.read(instance) == row)
  }

  @Test func `a release is confirmed`() throws {
    let answer = Answer(.released, to: Wire.message)
    try ReplyEnvelope(parsing: answer.envelope(), answering: Wire.message).released()
  }

  /// One property of each type.
  private static func row(_ random: inout SplitMix64) -> CIMObject {
    let scalars = "aZ09 \t\r\n<>&\"'ä€🙂\u{FFFD}]-".unicodeScalars
    let text = String(
      String.UnicodeScalarView(
        (0..<Int.random(in: 0...20, using: &random)).map { _ in
          scalars.randomElement(using: &random) ?? "a"
        }))
    return [
      "Text": Bool.random(using: &random) ? .string(text) : .null,
      "Flag": .boolean(.random(using: &random)),
      "Count": .unsigned(.random(in: 0...UInt64.max, using: &random)),
      "Balance": .signed(.random(in: Int64.min...Int64.max, using: &random)),
      "Span": .interval(
        CIMInterval(microseconds: .random(in: 0...86_400_000_000_000, using: &random))),
      "Names": .array([.string(text), .string("b")]),
    ]
  }

  private static func read(_ instance: CIMInstance) throws -> CIMObject {
    [
      "Text": try instance.string("Text").map(CIMValue.string) ?? .null,
      "Flag": try instance.boolean("Flag").map(CIMValue.boolean) ?? .null,
      "Count": try instance.integer("Count").map(CIMValue.unsigned) ?? .null,
      "Balance": try instance.integer("Balance").map(CIMValue.signed) ?? .null,
      "Span": try instance.interval("Span").map(CIMValue.interval) ?? .null,
      "Names": .array(instance.strings("Names").map(CIMValue.string)),
    ]
  }
}
