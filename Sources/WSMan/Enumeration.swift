/// The first request for instances.
package struct Enumeration: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// All instances of a class, with all their properties.
    case all(of: ResourceURI)
    /// What a query finds; the namespace is that of the resource.
    case query(WQLQuery, ResourceURI)
  }

  package var source: Source
  /// How many instances a reply holds at most.
  package var maximum: Int
  /// Whether the first reply holds instances already.
  package var isOptimized: Bool

  package init(source: Source, maximum: Int, isOptimized: Bool) {
    self.source = source
    self.maximum = maximum
    self.isOptimized = isOptimized
  }
}
