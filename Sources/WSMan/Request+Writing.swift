extension Request {
  /// The envelope, in UTF-8.
  ///
  /// - Throws: `XMLError.unwritable` when a value has a character that XML cannot hold.
  package func envelope() throws(XMLError) -> [UInt8] {
    var writer = XMLWriter()
    writer.raw(
      """
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"><s:Header><a:To>
      """)
    writer.text(endpoint)
    writer.raw("</a:To><w:ResourceURI s:mustUnderstand=\"true\">")
    writer.text(operation.resource.description)
    writer.raw(
      "</w:ResourceURI><a:ReplyTo><a:Address s:mustUnderstand=\"true\">")
    writer.raw(Action.anonymous)
    writer.raw("</a:Address></a:ReplyTo><a:Action s:mustUnderstand=\"true\">")
    writeAction(to: &writer)
    writer.raw("</a:Action><w:MaxEnvelopeSize s:mustUnderstand=\"true\">")
    writer.number(maximumEnvelope)
    writer.raw("</w:MaxEnvelopeSize><a:MessageID>")
    writer.text(message.text)
    // Windows words its texts in this language, and no number in them is written otherwise.
    writer.raw(
      """
      </a:MessageID><w:Locale xml:lang="en-US" s:mustUnderstand="false"/>\
      <p:DataLocale xml:lang="en-US" s:mustUnderstand="false"/><w:OperationTimeout>
      """)
    writer.text(timeout.description)
    writer.raw("</w:OperationTimeout>")
    writeSelectors(to: &writer)
    writer.raw("</s:Header>")
    writeBody(to: &writer)
    writer.raw("</s:Envelope>")
    return try writer.finish()
  }

  private func writeAction(to writer: inout XMLWriter) {
    switch operation {
    case .get: writer.raw(Action.get)
    case .enumerate: writer.raw(Action.enumerate)
    case .pull: writer.raw(Action.pull)
    case .release: writer.raw(Action.release)
    case .invoke(let method, of: let path, _):
      writer.text(path.resource.description)
      writer.raw("/")
      writer.name(method)
    }
  }

  private func writeSelectors(to writer: inout XMLWriter) {
    guard !operation.selectors.isEmpty else { return }
    writer.raw("<w:SelectorSet>")
    for selector in operation.selectors {
      writer.raw("<w:Selector Name=\"")
      writer.name(selector.name)
      writer.raw("\">")
      writer.text(selector.value)
      writer.raw("</w:Selector>")
    }
    writer.raw("</w:SelectorSet>")
  }

  private func writeBody(to writer: inout XMLWriter) {
    switch operation {
    case .get: writer.raw("<s:Body/>")
    case .enumerate(let enumeration):
      Self.body(of: "Enumerate", &writer) { writer in enumeration.write(to: &writer) }
    case .pull(_, let context, let maximum):
      Self.body(of: "Pull", &writer) { writer in
        context.write(to: &writer)
        writer.raw("<n:MaxElements>")
        writer.number(maximum)
        writer.raw("</n:MaxElements>")
      }
    case .release(_, let context):
      Self.body(of: "Release", &writer) { writer in context.write(to: &writer) }
    case .invoke(let method, of: let path, let parameters):
      writer.raw("<s:Body>")
      writer.methodElement(method, "_INPUT", of: path.resource, parameters, .parameters)
      writer.raw("</s:Body>")
    }
  }

  private static func body(
    of name: StaticString, _ writer: inout XMLWriter, _ content: (inout XMLWriter) -> Void
  ) {
    writer.raw(
      "<s:Body xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><n:")
    writer.raw(name)
    writer.raw(">")
    content(&writer)
    writer.raw("</n:")
    writer.raw(name)
    writer.raw("></s:Body>")
  }
}

extension Enumeration {
  fileprivate func write(to writer: inout XMLWriter) {
    if isOptimized { writer.raw("<w:OptimizeEnumeration/>") }
    writer.raw("<w:MaxElements>")
    writer.number(maximum)
    writer.raw("</w:MaxElements>")
    switch source {
    case .all: break
    case .query(let query, _):
      writer.raw("<w:Filter Dialect=\"")
      writer.raw(Action.wql)
      writer.raw("\">")
      writer.text(query.description)
      writer.raw("</w:Filter>")
    }
  }
}

extension EnumerationContext {
  func write(to writer: inout XMLWriter) {
    writer.raw("<n:EnumerationContext>")
    writer.text(text)
    writer.raw("</n:EnumerationContext>")
  }
}

extension XMLWriter {
  /// Writes what goes into a method or comes out of it.
  mutating func methodElement(
    _ method: CIMName, _ suffix: StaticString, of resource: ResourceURI,
    _ object: CIMObject, _ style: PropertyStyle
  ) {
    raw("<p:")
    name(method)
    raw(suffix)
    raw(" xmlns:p=\"")
    attribute(resource.description)
    raw("\" xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\"")
    raw(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
    properties(of: object, style)
    raw("</p:")
    name(method)
    raw(suffix)
    raw(">")
  }
}
