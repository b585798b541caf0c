import WSMan

/// What an enumeration finds on a machine.
struct Listing: Sendable {
  var rows: [CIMObject]
  var style: AnswerPage.RowStyle

  init(_ source: Enumeration.Source, on machine: Machine) throws(Setback) {
    switch source {
    case .all(of: let resource):
      rows = try WMIClass(resource).instances(on: machine)
      style = .instances(of: resource)
    case .query(let query, let resource):
      let wmiClass = try WMIClass(query.className, in: resource)
      let instances = wmiClass.instances(on: machine)
      guard let first = instances.first, query.names.allSatisfy({ first[$0] != nil }) else {
        throw .invalidQuery
      }
      do throws(WQLError) {
        var found: [CIMObject] = []
        for instance in instances {
          if let row = try query.row(of: instance) { found.append(row) }
        }
        rows = found
      } catch {
        throw .invalidQuery
      }
      switch query.columns {
      case .all: style = .instances(of: .class(wmiClass.name, in: resource))
      case .named: style = .fragments
      }
    }
  }
}

extension WQLQuery {
  /// Every property that it speaks of.
  fileprivate var names: [CIMName] {
    let tested = conditions.map { condition in
      switch condition {
      case .equal(let name, _), .notEqual(let name, _): name
      }
    }
    switch columns {
    case .all: return tested
    case .named(let names): return names + tested
    }
  }
}
