import Testing
import WSMan

/// What no host of ours sends is an error, quickly and in little memory.
struct HostileXMLTests {
  private static func error(_ text: String) -> XMLError? { error(Array(text.utf8)) }

  private static func error(_ bytes: [UInt8], _ bounds: XMLBounds = XMLBounds()) -> XMLError? {
    do {
      _ = try XMLDocument(parsing: bytes, bounds: bounds)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<!DOCTYPE a [<!ENTITY e SYSTEM \"http://localhost/\">]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM \"x\"> %p;]><a/>",
  ])
  func `a document type is refused before anything in it counts`(text: String) {
    #expect(Self.error(text) == .documentType)
  }

  @Test(arguments: [
    "", " ", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a>&b;</a>", "<a>&#0;</a>", "<a>\0</a>",
    "<a>&#xD800;</a>", "<a b=\"1\" b=\"2\"/>", "<p:a/>", "<a>]]></a>", "<a b=c/>", "<a>\u{1}</a>",
    "<a xmlns:b=\"\"/>", "<a xmlns=\"x&#10;y\"/>", "<a/>\0",
  ])
  func `what is not well-formed is refused`(text: String) throws {
    guard case .malformed = Self.error(text) else {
      Issue.record("taken as well-formed or refused otherwise: \(text)")
      return
    }
  }

  @Test(
    arguments: [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
      [0xEF, 0xBF, 0xBF],
    ] as [[UInt8]])
  func `text that is not UTF-8 is refused`(bytes: [UInt8]) {
    let document = Array("<a>".utf8) + bytes + Array("</a>".utf8)
    #expect(Self.error(document) != nil)
  }

  @Test(arguments: [true, false])
  func `UTF-16 is refused by name`(isMarked: Bool) {
    let bytes: [UInt8] = (isMarked ? [0xFF, 0xFE] : []) + "<a/>".utf8.flatMap { [$0, 0] }
    #expect(Self.error(bytes) == .notUTF8)
    let swapped: [UInt8] = (isMarked ? [0xFE, 0xFF] : []) + "<a/>".utf8.flatMap { [0, $0] }
    #expect(Self.error(swapped) == .notUTF8)
  }

  @Test func `a byte order mark and a declaration are read over`() throws {
    let text = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- note --><a>x</a>"
    #expect(try XMLDocument(parsing: Array(text.utf8)).root.text == "x")
  }

  @Test func `a processing instruction is refused`() {
    #expect(Self.error("<a><?php x?></a>") == .processingInstruction)
  }

  @Test func `depth has a bound`() {
    func nest(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(Self.error(nest(64)) == nil)
    #expect(Self.error(nest(65)) == .tooLarge(.depth))
    #expect(Self.error(String(repeating: "<a>", count: 300_000)) == .tooLarge(.depth))
  }

  @Test func `the number of elements has a bound`() {
    func row(_ count: Int) -> String { "<a>" + String(repeating: "<b/>", count: count) + "</a>" }
    #expect(Self.error(row(65_535)) == nil)
    #expect(Self.error(row(65_536)) == .tooLarge(.elements))
  }

  @Test func `the number of names has a bound`() {
    func names(_ count: Int) -> String {
      "<a>" + (0..<count).map { "<n\($0)/>" }.joined() + "</a>"
    }
    #expect(Self.error(names(1023)) == nil)
    #expect(Self.error(names(1024)) == .tooLarge(.names))
  }

  @Test func `attributes have bounds`() {
    func many(_ count: Int) -> String {
      "<a " + (0..<count).map { "n\($0)=\"\"" }.joined(separator: " ") + "/>"
    }
    #expect(Self.error(many(32)) == nil)
    #expect(Self.error(many(33)) == .tooLarge(.attributes))
    #expect(Self.error("<a b=\"\(String(repeating: "x", count: 4096))\"/>") == nil)
    #expect(
      Self.error("<a b=\"\(String(repeating: "x", count: 4097))\"/>")
        == .tooLarge(.attributeOctets))
  }

  @Test func `names and their namespaces have a bound`() {
    #expect(
      Self.error("<a xmlns=\"\(String(repeating: "x", count: 600))\"/>")
        == .tooLarge(.nameOctets))
  }

  @Test func `a document has a bound`() {
    let text = "<a>\(String(repeating: "x", count: 1 << 20))</a>"
    #expect(Self.error(text) == .tooLarge(.octets))
    var bounds = XMLBounds()
    bounds.octets = 2 << 20
    #expect(Self.error(Array(text.utf8), bounds) == nil)
  }
}
