import WSMan

/// Envelopes as they are seen on the wire, put together from what differs between them.
enum Wire {
  static let message = Wire.id("uuid:7A0D6E52-0C0B-4F0E-9B57-3B0E5F1D1C01")
  static let service =
    "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/SoftwareLicensingService"
  static let product =
    "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/SoftwareLicensingProduct"

  static func id(_ text: String) -> MessageID {
    guard let id = MessageID(text) else { preconditionFailure("no message ID: \(text)") }
    return id
  }

  /// A reply as Windows writes it, with prefixes that are not those of requests.
  static func reply(_ body: String, relatesTo: String? = message.text) -> [UInt8] {
    let related = relatesTo.map { "<wsa:RelatesTo>\($0)</wsa:RelatesTo>" } ?? ""
    return Array(
      """
      <env:Envelope xml:lang="en-US" xmlns:env="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:en="http://schemas.xmlsoap.org/ws/2004/09/enumeration" \
      xmlns:wm="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:q="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" \
      xmlns:flt="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" \
      xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><env:Header>\
      <wsa:Action>any</wsa:Action><wsa:MessageID>uuid:A1</wsa:MessageID>\
      <q:ActivityId>B2</q:ActivityId>\(related)</env:Header><env:Body>\(body)</env:Body>\
      </env:Envelope>
      """.utf8)
  }

  static func read(_ body: String) throws -> ReplyEnvelope {
    try ReplyEnvelope(parsing: reply(body), answering: message)
  }

  /// The instance of a Get whose properties are these.
  static func instance(_ properties: String) throws -> CIMInstance {
    try read(
      "<k:SoftwareLicensingService xmlns:k=\"\(service)\">\(properties)</k:SoftwareLicensingService>"
    ).instance()
  }

  static func fault(
    _ subcode: String = "wm:InternalError", reason: String = "", detail: String
  ) -> [UInt8] {
    reply(
      """
      <env:Fault><env:Code><env:Value>env:Receiver</env:Value><env:Subcode><env:Value>\(subcode)\
      </env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="">\(reason)</env:Text>\
      </env:Reason><env:Detail>\(detail)</env:Detail></env:Fault>
      """)
  }

  static func readFault(
    _ subcode: String = "wm:InternalError", reason: String = "", detail: String
  ) throws -> WSManFault {
    try fault(in: fault(subcode, reason: reason, detail: detail))
  }

  struct NoFault: Error {}

  static func fault(in bytes: [UInt8]) throws -> WSManFault {
    do {
      _ = try ReplyEnvelope(parsing: bytes, answering: message)
    } catch .fault(let fault) {
      return fault
    }
    throw NoFault()
  }
}
