/// A namespace; the prefix that stands for it in a document means nothing.
package struct XMLNamespace: Sendable {
  let uri: StaticString

  static let none = XMLNamespace(uri: "")
  static let xml = XMLNamespace(uri: "http://www.w3.org/XML/1998/namespace")
  static let schemaInstance = XMLNamespace(uri: "http://www.w3.org/2001/XMLSchema-instance")
  static let soap = XMLNamespace(uri: "http://www.w3.org/2003/05/soap-envelope")
  static let addressing = XMLNamespace(uri: "http://schemas.xmlsoap.org/ws/2004/08/addressing")
  static let management = XMLNamespace(uri: "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd")
  static let microsoft = XMLNamespace(uri: "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd")
  static let enumeration = XMLNamespace(uri: "http://schemas.xmlsoap.org/ws/2004/09/enumeration")
  static let fault = XMLNamespace(uri: "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault")
  static let cim = XMLNamespace(uri: "http://schemas.dmtf.org/wbem/wscim/1/common")
  static let identity = XMLNamespace(
    uri: "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd")
}

/// The name of an element or attribute: a namespace and what follows the prefix.
package struct XMLName: Sendable {
  let namespace: XMLNamespace
  let local: StaticString

  init(_ namespace: XMLNamespace, _ local: StaticString) {
    self.namespace = namespace
    self.local = local
  }
}
