import Testing
import VolumeActivation
import WSMan

/// A key is in the envelope, and nowhere else that somebody could look.
struct SecrecyTests {
  private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  private static func install(_ value: CIMValue) -> Request {
    Request(
      .invoke(
        "InstallProductKey", of: InstancePath(.licensing("S"), [Selector("Version", "10.0")]),
        ["ProductKey": value, "More": .array([value, 7])]), endpoint: "http://pc17/wsman")
  }

  /// Everything that a value says of itself, by any way that logs and messages go.
  private static func showing(_ value: some Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return [dumped, "\(value)", String(describing: value), String(reflecting: value)]
  }

  @Test(arguments: [CIMValue.secret(SecretText(Secret(key))), .string(key), .string("is \(key)!")])
  func `a key that is sent or was received is shown by nothing`(value: CIMValue) throws {
    let request = Self.install(value)
    let envelope = try request.envelope()
    #expect(String(decoding: envelope, as: UTF8.self).contains(Self.key))
    let received = try Incoming(parsing: envelope)
    for text in Self.showing(request) + Self.showing(received) + Self.showing([value])
      + Self.showing(request.operation) + Self.showing(value) + Self.showing(value as CIMValue?)
    {
      #expect(!text.contains("CCCCC"), "\(text)")
    }
  }

  @Test func `nothing of a secret is in the error of a text that cannot be written`() throws {
    let request = Self.install(.secret(SecretText(Secret(Self.key + "\0"))))
    let error = try #require(throws: XMLError.self) { try request.envelope() }
    for text in Self.showing(error) { #expect(!text.contains("CCCCC")) }
  }

  @Test func `other values are shown as they are`() {
    let values: [CIMValue] = [nil, "text", true, 7, .signed(-7), .array(["a", "b"])]
    #expect(values.map(\.description) == ["null", "\"text\"", "true", "7", "-7", "[\"a\", \"b\"]"])
  }

  @Test func `secrets are the same that hold the same`() {
    #expect(SecretText(Secret("a")) == SecretText(Secret("a")))
    #expect(SecretText(Secret("a")) != SecretText(Secret("b")))
  }
}
