extension Answer {
  /// The envelope, in UTF-8.
  ///
  /// - Throws: `XMLError.unwritable` when a value has a character that XML cannot hold.
  package func envelope() throws(XMLError) -> [UInt8] {
    var writer = XMLWriter()
    writer.raw(
      """
      <s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" \
      xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault">
      """)
    writeHeader(to: &writer)
    writer.raw("<s:Body>")
    writeBody(to: &writer)
    writer.raw("</s:Body></s:Envelope>")
    return try writer.finish()
  }

  private func writeHeader(to writer: inout XMLWriter) {
    if case .identity = body { return writer.raw("<s:Header/>") }
    writer.raw("<s:Header><a:Action>")
    writeAction(to: &writer)
    writer.raw("</a:Action><a:MessageID>")
    writer.text(message.text)
    writer.raw("</a:MessageID><a:To>")
    writer.raw(Action.anonymous)
    writer.raw("</a:To>")
    if let request {
      writer.raw("<a:RelatesTo>")
      writer.text(request.text)
      writer.raw("</a:RelatesTo>")
    }
    writer.raw("</s:Header>")
  }

  private func writeAction(to writer: inout XMLWriter) {
    switch body {
    case .fault: return writer.raw(Action.fault)
    case .identity: return
    case .instance: writer.raw(Action.get)
    case .released: writer.raw(Action.release)
    case .page(let page):
      switch page.operation {
      case .enumerate: writer.raw(Action.enumerate)
      case .pull: writer.raw(Action.pull)
      }
    case .result(of: let method, on: let resource, _):
      writer.text(resource.description)
      writer.raw("/")
      writer.name(method)
    }
    writer.raw("Response")
  }

  private func writeBody(to writer: inout XMLWriter) {
    switch body {
    case .instance(let object, of: let resource): writer.instance(object, of: resource)
    case .page(let page): page.write(to: &writer)
    // Windows answers with an empty body.
    case .released: break
    case .result(of: let method, on: let resource, let output):
      writer.methodElement(method, "_OUTPUT", of: resource, output, .classElement)
    case .identity(let identity): identity.write(to: &writer)
    case .fault(let fault, let shape): fault.write(shape, to: &writer)
    }
  }
}

extension AnswerPage {
  /// The first reply has items and end in the namespace of WS-Management, later ones in that of
  /// enumerations.
  fileprivate func write(to writer: inout XMLWriter) {
    let prefix: StaticString
    let name: StaticString
    switch operation {
    case .enumerate: (prefix, name) = ("w:", "EnumerateResponse")
    case .pull: (prefix, name) = ("n:", "PullResponse")
    }
    writer.raw("<n:")
    writer.raw(name)
    writer.raw(">")
    if let next { next.write(to: &writer) } else { writer.raw("<n:EnumerationContext/>") }
    // A first reply that was not to hold instances holds the context alone.
    if !rows.isEmpty || next == nil || operation == .pull {
      writer.raw("<")
      writer.raw(prefix)
      writer.raw("Items>")
      for row in rows { write(row, to: &writer) }
      writer.raw("</")
      writer.raw(prefix)
      writer.raw("Items>")
    }
    if next == nil {
      writer.raw("<")
      writer.raw(prefix)
      writer.raw("EndOfSequence/>")
    }
    writer.raw("</n:")
    writer.raw(name)
    writer.raw(">")
  }

  private func write(_ row: CIMObject, to writer: inout XMLWriter) {
    switch style {
    case .instances(of: let resource): writer.instance(row, of: resource)
    case .fragments:
      writer.raw(
        "<w:XmlFragment xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
      writer.properties(of: row, .fragment)
      writer.raw("</w:XmlFragment>")
    }
  }
}

extension XMLWriter {
  /// Writes an instance as an element that is named after its class.
  fileprivate mutating func instance(_ object: CIMObject, of resource: ResourceURI) {
    guard let className = resource.className else {
      preconditionFailure("an instance has a class")
    }
    methodElement(className, "", of: resource, object, .classElement)
  }
}

extension HostIdentity {
  fileprivate func write(to writer: inout XMLWriter) {
    writer.raw(
      """
      <i:IdentifyResponse \
      xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">\
      <i:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</i:ProtocolVersion>\
      <i:ProductVendor>
      """)
    writer.text(vendor)
    writer.raw("</i:ProductVendor><i:ProductVersion>")
    writer.text(version)
    writer.raw("</i:ProductVersion></i:IdentifyResponse>")
  }
}
