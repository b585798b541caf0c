/// A key property and its value, which pick an instance together with all other keys.
package struct Selector: Hashable, Sendable {
  package var name: CIMName
  package var value: String

  package init(_ name: CIMName, _ value: String) {
    self.name = name
    self.value = value
  }
}
