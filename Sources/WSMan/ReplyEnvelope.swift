/// A reply without a fault, whose content the operation says how to read.
package struct ReplyEnvelope: Sendable {
  private let content: XMLElement

  /// Reads a reply to a request; nil stands for Identify, which has no message ID.
  ///
  /// - Throws: `ReplyError.fault` when the host answered with one.
  package init(
    parsing bytes: [UInt8], answering request: MessageID?, bounds: XMLBounds = XMLBounds()
  ) throws(ReplyError) {
    let root: XMLElement
    do { root = try XMLDocument(parsing: bytes, bounds: bounds).root } catch {
      throw .xml(error)
    }
    guard root.isNamed(XMLName(.soap, "Envelope")), let body = root.child(XMLName(.soap, "Body"))
    else { throw .unexpected(.envelope) }
    let related = root.child(XMLName(.soap, "Header"))?
      .child(XMLName(.addressing, "RelatesTo"))?.token
    if let request, let related, related != request.text { throw .unrelated }
    if let fault = body.child(XMLName(.soap, "Fault")) { throw .fault(WSManFault(fault)) }
    // A host that could not read the request cannot name it; anybody else can.
    if request != nil, related == nil { throw .unrelated }
    guard let content = body.onlyChild ?? (body.hasChildren ? nil : body) else {
      throw .unexpected(.body)
    }
    self.content = content
  }
}

extension ReplyEnvelope {
  /// The instance that Get got.
  package func instance() throws(ReplyError) -> CIMInstance {
    guard !isEmpty, content.hasChildren else { throw .unexpected(.instance) }
    return CIMInstance(content)
  }

  /// What Enumerate or Pull got.
  package func page() throws(ReplyError) -> EnumerationPage {
    guard
      content.isNamed(XMLName(.enumeration, "EnumerateResponse"))
        || content.isNamed(XMLName(.enumeration, "PullResponse"))
    else { throw .unexpected(.page) }
    guard let page = EnumerationPage(content) else { throw .unexpected(.ending) }
    return page
  }

  /// Checks that Release released.
  package func released() throws(ReplyError) {
    guard isEmpty || content.isNamed(XMLName(.enumeration, "ReleaseResponse")) else {
      throw .unexpected(.release)
    }
  }

  /// What a method gave out; its element may be named in several ways.
  package func result() throws(ReplyError) -> MethodResult {
    let output = CIMInstance(content)
    let value: UInt32?
    do { value = try output.integer("ReturnValue") } catch { throw .value(error) }
    guard let value else { throw .unexpected(.result) }
    return MethodResult(returnValue: value, output: output)
  }

  /// Who answers to Identify.
  package func identity() throws(ReplyError) -> HostIdentity {
    guard content.isNamed(XMLName(.identity, "IdentifyResponse")) else {
      throw .unexpected(.identity)
    }
    return HostIdentity(
      vendor: content.child(XMLName(.identity, "ProductVendor"))?.token ?? "",
      version: content.child(XMLName(.identity, "ProductVersion"))?.token ?? "")
  }

  private var isEmpty: Bool { content.isNamed(XMLName(.soap, "Body")) }
}
