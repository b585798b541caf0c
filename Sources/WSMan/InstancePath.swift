/// An instance of a class; without selectors the class itself.
package struct InstancePath: Hashable, Sendable {
  package var resource: ResourceURI
  package var selectors: [Selector]

  package init(_ resource: ResourceURI, _ selectors: [Selector] = []) {
    self.resource = resource
    self.selectors = selectors
  }
}
