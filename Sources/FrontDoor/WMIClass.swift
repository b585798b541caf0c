import WSMan

/// A class that hosts show.
enum WMIClass: CaseIterable, Sendable {
  case service
  case product
  case operatingSystem
  case computerSystem
  case computerSystemProduct
  case registry

  var name: CIMName {
    switch self {
    case .service: "SoftwareLicensingService"
    case .product: "SoftwareLicensingProduct"
    case .operatingSystem: "Win32_OperatingSystem"
    case .computerSystem: "Win32_ComputerSystem"
    case .computerSystemProduct: "Win32_ComputerSystemProduct"
    case .registry: "StdRegProv"
    }
  }

  private var namespaces: [String] {
    switch self {
    case .service, .product, .operatingSystem, .computerSystem, .computerSystemProduct:
      ["root/cimv2"]
    case .registry: ["root/default", "root/cimv2"]
    }
  }

  /// The properties that pick an instance.
  var keys: [CIMName] {
    switch self {
    case .service: ["Version"]
    case .product: ["ID"]
    case .operatingSystem, .computerSystem: ["Name"]
    case .computerSystemProduct: ["IdentifyingNumber", "Name", "Version"]
    case .registry: []
    }
  }

  /// Whether its one instance may be had without a key.
  var isSingleton: Bool {
    switch self {
    case .operatingSystem: true
    case .service, .product, .computerSystem, .computerSystemProduct, .registry: false
    }
  }
}

extension WMIClass {
  /// The class with this name, in any case, in the namespace of a resource.
  init(_ name: CIMName, in resource: ResourceURI) throws(Setback) {
    guard Self.allCases.contains(where: { $0.namespaces.contains(resource.namespace) }) else {
      throw .noSuchNamespace
    }
    let found = Self.allCases.first {
      $0.name.isSame(as: name) && $0.namespaces.contains(resource.namespace)
    }
    guard let found else { throw .noSuchClass }
    self = found
  }

  /// The class that a resource names.
  init(_ resource: ResourceURI) throws(Setback) {
    guard let name = resource.className else { throw .noSuchClass }
    try self.init(name, in: resource)
  }
}

extension WMIClass {
  /// What a machine shows of the class; all instances have the same properties.
  func instances(on machine: Machine) -> [CIMObject] {
    switch self {
    case .service: [machine.service]
    case .product: machine.licences.map(machine.product)
    case .operatingSystem: [machine.operatingSystem]
    case .computerSystem: [machine.computerSystem]
    case .computerSystemProduct: [machine.computerSystemProduct]
    case .registry: []
    }
  }

  /// The instance that a path picks, as all its keys say.
  func instance(at path: InstancePath, on machine: Machine) throws(Setback) -> CIMObject {
    let instances = instances(on: machine)
    if path.selectors.isEmpty {
      guard isSingleton, let only = instances.first else { throw .missingSelectors }
      return only
    }
    guard path.selectors.count == keys.count,
      keys.allSatisfy({ key in path.selectors.contains { $0.name.isSame(as: key) } })
    else { throw .unexpectedSelectors }
    let found = instances.first { instance in
      path.selectors.allSatisfy { selector in
        guard case .string(let value) = instance[selector.name] else { return false }
        return value.lowercased() == selector.value.lowercased()
      }
    }
    guard let found else { throw .noSuchInstance }
    return found
  }
}
