/// What a request wants done.
package enum Operation: Hashable, Sendable {
  case get(InstancePath)
  case enumerate(Enumeration)
  case pull(ResourceURI, EnumerationContext, maximum: Int)
  case release(ResourceURI, EnumerationContext)
  /// A method of WMI, with those parameters that are not null.
  case invoke(CIMName, of: InstancePath, CIMObject)
}

extension Operation {
  /// A query of ours, which gets rows with the first reply.
  package static func query(_ query: WQLQuery, maximum: Int = 50) -> Operation {
    .enumerate(
      Enumeration(
        source: .query(query, .licensingQueries), maximum: maximum, isOptimized: true))
  }

  package var resource: ResourceURI {
    switch self {
    case .get(let path), .invoke(_, of: let path, _): path.resource
    case .enumerate(let enumeration):
      switch enumeration.source {
      case .all(of: let resource), .query(_, let resource): resource
      }
    case .pull(let resource, _, _), .release(let resource, _): resource
    }
  }

  var selectors: [Selector] {
    switch self {
    case .get(let path), .invoke(_, of: let path, _): path.selectors
    case .enumerate, .pull, .release: []
    }
  }
}
