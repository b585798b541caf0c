/// A WMI class, or all classes of a namespace, as WS-Management addresses them.
package struct ResourceURI: Hashable, Sendable {
  /// With `/` between its parts, such as `root/cimv2`.
  package let namespace: String
  /// Nil for `*`, which only queries are sent to.
  package let className: CIMName?

  private init(namespace: String, className: CIMName?) {
    self.namespace = namespace
    self.className = className
  }

  /// A class of `root/cimv2`, where licensing is.
  package static func licensing(_ className: CIMName) -> ResourceURI {
    ResourceURI(namespace: "root/cimv2", className: className)
  }

  /// A class of the same namespace as another resource.
  package static func `class`(_ className: CIMName, in other: ResourceURI) -> ResourceURI {
    ResourceURI(namespace: other.namespace, className: className)
  }

  /// Where queries for classes of `root/cimv2` go.
  package static let licensingQueries = ResourceURI(namespace: "root/cimv2", className: nil)

  /// The registry provider `StdRegProv`.
  package static let registry = ResourceURI(namespace: "root/default", className: "StdRegProv")
}

extension ResourceURI {
  private static let microsoft = "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
  private static let common = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"

  /// Reads Microsoft's form, or the DMTF's, which means `root/cimv2`; case does not matter.
  package init?(_ text: String) {
    guard text.utf8.count <= 512 else { return nil }
    let lower = text.lowercased()
    if lower.hasPrefix(Self.microsoft), lower.utf8.count == text.utf8.count {
      let path = text.utf8.dropFirst(Self.microsoft.utf8.count)
      guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      self.init(
        path: String(text[..<slash].dropFirst(Self.microsoft.count)),
        text[path.index(after: slash)...])
    } else if lower.hasPrefix(Self.common) {
      self.init(path: "root/cimv2", text.dropFirst(Self.common.count))
    } else {
      return nil
    }
  }

  private init?(path: String, _ name: Substring) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ CIMName(rawValue: String($0)) != nil }) else { return nil }
    if name == "*" {
      self.init(namespace: path.lowercased(), className: nil)
    } else if let className = CIMName(rawValue: String(name)) {
      self.init(namespace: path.lowercased(), className: className)
    } else {
      return nil
    }
  }
}

extension ResourceURI: CustomStringConvertible {
  package var description: String {
    "\(Self.microsoft)\(namespace)/\(className?.rawValue ?? "*")"
  }
}
