/// An instance, or the parameters of a method, about to be written.
package struct CIMObject: Hashable, Sendable {
  package struct Property: Hashable, Sendable {
    package var name: CIMName
    package var value: CIMValue

    package init(_ name: CIMName, _ value: CIMValue) {
      self.name = name
      self.value = value
    }
  }

  /// In the order in which they are written.
  package var properties: [Property]

  package init(_ properties: [Property] = []) { self.properties = properties }
}

extension CIMObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (CIMName, CIMValue)...) {
    properties = elements.map { Property($0, $1) }
  }
}

extension CIMObject {
  /// The value of a property, whatever the case of its name; nil when it is absent.
  package subscript(_ name: CIMName) -> CIMValue? {
    properties.first { $0.name.isSame(as: name) }?.value
  }
}
