import Testing
import WSMan

/// Requests of foreign clients, and what they are refused with.
struct IncomingTests {
  private static func envelope(
    _ action: String, header: String = "", message: String = "<a:MessageID>uuid:m1</a:MessageID>",
    resource: String = Wire.product, body: String
  ) -> [UInt8] {
    Array(
      """
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><s:Header>\
      <w:ResourceURI mustUnderstand="true">\(resource)</w:ResourceURI><a:Action>\(action)\
      </a:Action>\(message)\(header)</s:Header><s:Body>\(body)</s:Body></s:Envelope>
      """.utf8)
  }

  private static let get = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"
  private static let enumerate = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate"
  private static let wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
  private static let all = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/*"

  private static func refusal(_ bytes: [UInt8]) -> Refusal? {
    do {
      _ = try Incoming(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a foreign client's Get is read`() throws {
    let bytes = Self.envelope(
      Self.get,
      header: """
        <w:SelectorSet><w:Selector Name="ID">x</w:Selector><w:Selector Name="__cimnamespace">\
        root/cimv2</w:Selector></w:SelectorSet><w:OperationTimeout>PT1M</w:OperationTimeout>
        """,
      resource: "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/SoftwareLicensingProduct",
      body: "")
    let request = Request(
      .get(
        InstancePath(.licensing("SoftwareLicensingProduct"), [Selector("ID", "x")])),
      endpoint: "", message: Wire.id("uuid:m1"))
    #expect(try Incoming(parsing: bytes) == .request(request))
  }

  @Test func `without MaxElements one instance is meant`() throws {
    let bytes = Self.envelope(Self.enumerate, body: "<n:Enumerate/>")
    guard case .request(let request) = try Incoming(parsing: bytes),
      case .enumerate(let enumeration) = request.operation
    else {
      Issue.record("no enumeration was read")
      return
    }
    #expect(enumeration.maximum == 1)
    #expect(!enumeration.isOptimized)
    #expect(enumeration.source == .all(of: .licensing("SoftwareLicensingProduct")))
  }

  @Test(
    arguments: [
      (envelope(get, message: "", body: ""), .messageHeaderRequired),
      (envelope(get, resource: "http://example.com/x", body: ""), .destinationUnreachable),
      (envelope(get, resource: all, body: ""), .destinationUnreachable),
      (
        envelope(
          get, header: "<w:MaxEnvelopeSize>8191</w:MaxEnvelopeSize>", body: ""), .encodingLimit
      ),
      (
        envelope(
          get, header: "<w:OperationTimeout>60</w:OperationTimeout>", body: ""),
        .schemaValidationError
      ),
      (
        envelope(
          get, header: "<w:SelectorSet><w:Selector>x</w:Selector></w:SelectorSet>", body: ""),
        .invalidSelectors
      ),
      (envelope("http://example.com/Action", body: ""), .actionNotSupported),
      (envelope(Wire.service + "/Activate", body: ""), .actionNotSupported),
      (envelope(Wire.product + "/Activate", body: ""), .schemaValidationError),
      (envelope(enumerate, body: ""), .schemaValidationError),
      (envelope(enumerate, resource: all, body: "<n:Enumerate/>"), .cannotProcessFilter),
      (
        envelope(
          enumerate, body: "<n:Enumerate><w:MaxElements>0</w:MaxElements></n:Enumerate>"),
        .schemaValidationError
      ),
      (
        envelope(
          enumerate, resource: all,
          body: "<n:Enumerate><w:Filter Dialect=\"\(wql)\">nonsense</w:Filter></n:Enumerate>"),
        .cannotProcessFilter
      ),
      (
        envelope(
          enumerate, resource: all,
          body: "<n:Enumerate><w:Filter Dialect=\"x\">SELECT A FROM B</w:Filter></n:Enumerate>"),
        .filterDialectUnavailable
      ),
      (
        envelope(
          enumerate,
          body: "<n:Enumerate><w:Filter Dialect=\"\(wql)\">SELECT A FROM B</w:Filter></n:Enumerate>"
        ),
        .invalidParameter
      ),
      (
        envelope(
          enumerate,
          body: "<n:Enumerate><w:EnumerationMode>EnumerateEPR</w:EnumerationMode></n:Enumerate>"),
        .unsupportedFeature
      ),
      (
        envelope("http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull", body: "<n:Pull/>"),
        .invalidEnumerationContext
      ),
    ] as [([UInt8], FaultSubcode)])
  func `what cannot be carried out is refused with its fault`(
    bytes: [UInt8], subcode: FaultSubcode
  ) throws {
    let refusal = try #require(Self.refusal(bytes))
    #expect(refusal.fault.subcode == subcode)
    #expect(refusal.message == (subcode == .messageHeaderRequired ? nil : Wire.id("uuid:m1")))
  }

  @Test func `an unknown header that must be understood is refused`() throws {
    let bytes = Self.envelope(
      Self.get, header: "<a:Unknown s:mustUnderstand=\"1\"/>", body: "")
    #expect(try #require(Self.refusal(bytes)).fault.party == .mustUnderstand)
    let optional = Self.envelope(
      Self.get, header: "<a:Unknown s:mustUnderstand=\"false\"/>", body: "")
    #expect(Self.refusal(optional) == nil)
  }

  @Test func `what is no envelope is refused`() throws {
    #expect(try #require(Self.refusal([])).fault.subcode == .schemaValidationError)
    #expect(
      try #require(Self.refusal(Array("<a/>".utf8))).fault.subcode == .schemaValidationError)
  }
}
