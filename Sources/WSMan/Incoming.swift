/// What a client sent to a host.
package enum Incoming: Hashable, Sendable {
  case identify
  case request(Request)
}

extension Incoming {
  /// Reads a client's envelope.
  ///
  /// - Throws: The fault to answer with.
  package init(parsing bytes: [UInt8], bounds: XMLBounds = XMLBounds()) throws(Refusal) {
    let root: XMLElement
    do { root = try XMLDocument(parsing: bytes, bounds: bounds).root } catch {
      throw Refusal(.schemaValidationError, MaskedText(error.description.utf8))
    }
    guard root.isNamed(XMLName(.soap, "Envelope")), let body = root.child(XMLName(.soap, "Body"))
    else { throw Refusal(.schemaValidationError, "this is no SOAP envelope") }
    if body.child(XMLName(.identity, "Identify")) != nil {
      self = .identify
      return
    }
    guard let header = root.child(XMLName(.soap, "Header")) else {
      throw Refusal(.messageHeaderRequired, "the envelope has no header")
    }
    self = .request(try RequestReader(header: header, body: body).request())
  }
}
