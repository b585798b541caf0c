/// Reads a request from the two halves of an envelope.
struct RequestReader {
  private let header: XMLElement
  private let body: XMLElement
  private let message: MessageID

  init(header: XMLElement, body: XMLElement) throws(Refusal) {
    guard
      let message = header.child(XMLName(.addressing, "MessageID")).flatMap({
        MessageID($0.token)
      })
    else { throw Refusal(.messageHeaderRequired, "the envelope has no MessageID") }
    self.header = header
    self.body = body
    self.message = message
  }

  func request() throws(Refusal) -> Request {
    try refuseUnknownHeaders()
    let uri = try required(.management, "ResourceURI")
    guard let resource = ResourceURI(uri) else {
      throw refusal(
        .destinationUnreachable, "no such resource is served here", code: 0x8033_8000)
    }
    let size = header.child(XMLName(.management, "MaxEnvelopeSize"))
    guard let octets = size.map({ Int($0.token) }) ?? Request.safeEnvelope, octets >= 8192 else {
      throw refusal(.encodingLimit, "MaxEnvelopeSize is below 8192")
    }
    let time = header.child(XMLName(.management, "OperationTimeout"))
    guard let timeout = time.map({ CIMInterval($0.tokenBytes) }) ?? .seconds(60) else {
      throw refusal(.schemaValidationError, "OperationTimeout is no duration")
    }
    return Request(
      try operation(on: resource), endpoint: header.child(XMLName(.addressing, "To"))?.token ?? "",
      message: message, timeout: timeout, maximumEnvelope: octets)
  }

  private func operation(on resource: ResourceURI) throws(Refusal) -> Operation {
    let action = try required(.addressing, "Action")
    switch action {
    case Action.get.description: return .get(try path(to: resource))
    case Action.enumerate.description: return .enumerate(try enumeration(of: resource))
    case Action.pull.description:
      let pull = try content(XMLName(.enumeration, "Pull"))
      return .pull(
        resource, try context(in: pull), maximum: try maximum(in: pull, .enumeration))
    case Action.release.description:
      return .release(resource, try context(in: try content(XMLName(.enumeration, "Release"))))
    default: return try invocation(action, on: resource)
    }
  }

  private func invocation(
    _ action: String, on resource: ResourceURI
  ) throws(Refusal) -> Operation {
    guard let slash = action.lastIndex(of: "/"), ResourceURI(String(action[..<slash])) == resource,
      let method = CIMName(rawValue: String(action[action.index(after: slash)...]))
    else { throw refusal(.actionNotSupported, "the action is none of this resource") }
    guard let input = body.onlyChild, input.localName == "\(method)_INPUT" else {
      throw refusal(.schemaValidationError, "the body does not hold the method's input")
    }
    var parameters = CIMObject()
    for child in input.children {
      guard let name = CIMName(rawValue: child.localName) else {
        throw refusal(.invalidParameter, "a parameter has an impossible name")
      }
      // Types are the method's to know: all that arrives is text.
      let value: CIMValue = child.isNil ? .null : .string((child.onlyChild ?? child).text)
      parameters.properties.append(CIMObject.Property(name, value))
    }
    return .invoke(method, of: try path(to: resource), parameters)
  }

  private func path(to resource: ResourceURI) throws(Refusal) -> InstancePath {
    guard resource.className != nil else {
      throw refusal(.destinationUnreachable, "the resource names no class", code: 0x8033_8000)
    }
    var path = InstancePath(resource)
    let set = header.child(XMLName(.management, "SelectorSet"))
    for selector in set.map({ Array($0.children) }) ?? [] {
      guard let name = selector.attribute(XMLName(.none, "Name")) else {
        throw refusal(.invalidSelectors, "a selector has no name", code: 0x8033_805B)
      }
      // The namespace of the class, which the resource names already.
      if name == "__cimnamespace" { continue }
      guard let name = CIMName(rawValue: name) else {
        throw refusal(.invalidSelectors, "a selector has an impossible name", code: 0x8033_805B)
      }
      path.selectors.append(Selector(name, selector.text))
    }
    return path
  }
}

extension RequestReader {
  private func enumeration(of resource: ResourceURI) throws(Refusal) -> Enumeration {
    let enumerate = try content(XMLName(.enumeration, "Enumerate"))
    if let mode = enumerate.child(XMLName(.management, "EnumerationMode")),
      mode.token != "EnumerateObject"
    {
      throw refusal(.unsupportedFeature, "only objects are enumerated here")
    }
    return Enumeration(
      source: try source(enumerate, of: resource),
      maximum: try maximum(in: enumerate, .management),
      isOptimized: enumerate.child(XMLName(.management, "OptimizeEnumeration")) != nil)
  }

  private func source(
    _ enumerate: XMLElement, of resource: ResourceURI
  ) throws(Refusal) -> Enumeration.Source {
    guard
      let filter = enumerate.child(XMLName(.management, "Filter"))
        ?? enumerate.child(XMLName(.enumeration, "Filter"))
    else {
      guard resource.className != nil else {
        throw refusal(.cannotProcessFilter, "all classes are enumerated by a query only")
      }
      return .all(of: resource)
    }
    guard filter.attribute(XMLName(.none, "Dialect")) == Action.wql.description else {
      throw refusal(.filterDialectUnavailable, "the filter's dialect is not WQL")
    }
    guard resource.className == nil else {
      throw refusal(
        .invalidParameter, "a query needs the resource of all classes", code: 0x8033_80FB)
    }
    do { return .query(try WQLQuery(parsing: filter.text), resource) } catch {
      throw refusal(.cannotProcessFilter, MaskedText(error.description.utf8))
    }
  }

  /// Without a number the standard means one.
  private func maximum(
    in element: XMLElement, _ namespace: XMLNamespace
  ) throws(Refusal) -> Int {
    guard let maximum = element.child(XMLName(namespace, "MaxElements")) else { return 1 }
    guard let count = Int(maximum.token), count > 0 else {
      throw refusal(.schemaValidationError, "MaxElements is no positive number")
    }
    return min(count, 32000)
  }

  private func context(in element: XMLElement) throws(Refusal) -> EnumerationContext {
    guard let context = element.child(XMLName(.enumeration, "EnumerationContext")) else {
      throw refusal(.invalidEnumerationContext, "there is no context")
    }
    return EnumerationContext(context.text)
  }
}

extension RequestReader {
  private func content(_ name: XMLName) throws(Refusal) -> XMLElement {
    guard let content = body.child(name) else {
      throw refusal(.schemaValidationError, "the body is not what the action says")
    }
    return content
  }

  private func required(
    _ namespace: XMLNamespace, _ local: StaticString
  ) throws(Refusal) -> String {
    guard let element = header.child(XMLName(namespace, local)) else {
      throw refusal(.messageHeaderRequired, "the envelope has no \(local.description)")
    }
    return element.token
  }

  /// The headers that are understood; the rest may be left out of account unless it says no.
  private func refuseUnknownHeaders() throws(Refusal) {
    let known: [XMLName] = [
      XMLName(.addressing, "To"), XMLName(.addressing, "ReplyTo"),
      XMLName(.addressing, "Action"), XMLName(.addressing, "MessageID"),
      XMLName(.management, "ResourceURI"), XMLName(.management, "MaxEnvelopeSize"),
      XMLName(.management, "OperationTimeout"), XMLName(.management, "SelectorSet"),
      XMLName(.management, "OptionSet"), XMLName(.management, "Locale"),
      XMLName(.microsoft, "DataLocale"), XMLName(.microsoft, "SessionId"),
    ]
    for element in header.children {
      switch element.attribute(XMLName(.soap, "mustUnderstand")) {
      case "true", "1":
        guard known.contains(where: element.isNamed) else {
          throw Refusal(
            nil, "a header is not understood", party: .mustUnderstand, to: message)
        }
      case .some, nil: break
      }
    }
  }

  private func refusal(
    _ subcode: FaultSubcode, _ reason: MaskedText, code: UInt32? = nil
  ) -> Refusal {
    Refusal(subcode, reason, code: code, to: message)
  }
}
