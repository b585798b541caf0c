import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// What hosts say to what they cannot do.
struct FaultTests {
  private static func served(_ model: Model) throws -> (ServedFleet, HostName) {
    (try ServedFleet(try Models.fleet([model], channels: [.mak])), try model.host(.mak))
  }

  private static func query(_ columns: [CIMName], _ name: CIMName) -> WSMan.Operation {
    .query(WQLQuery(columns, from: name))
  }

  private static let invalidQuery = HRESULT(rawValue: 0x8004_1017)
  private static let noMethod = HRESULT(rawValue: 0x8004_102E)

  @Test(arguments: Model.allCases)
  func `a column that the generation lacks makes the whole query fail`(
    model: Model
  ) async throws {
    let (served, host) = try Self.served(model)
    let product: CIMName = "SoftwareLicensingProduct"
    let service: CIMName = "SoftwareLicensingService"
    let isOldest = model.isOldest
    let isNewest = model.isNewest
    let columns: [(CIMName, CIMName, Bool)] = [
      ("KeyManagementServicePort", service, !isOldest),
      ("VLActivationTypeEnabled", service, isNewest),
      ("KeyManagementServiceMachine", product, !isOldest),
      ("KeyManagementServicePort", product, !isOldest),
      ("DiscoveredKeyManagementServiceMachineName", product, !isOldest),
      ("KeyManagementServiceCurrentCount", product, !isOldest),
      ("KeyManagementServiceCurrentCount", service, true),
      ("ProductKeyChannel", product, isNewest),
      ("VLActivationType", product, isNewest),
      ("NothingOfTheKind", product, false),
    ]
    for (column, name, exists) in columns {
      if exists {
        _ = try await served.send(Self.query([column], name), to: host)
      } else {
        let fault = try await served.fault(Self.query([column], name), to: host)
        #expect(fault.subcode == .cannotProcessFilter)
        #expect(fault.hresult == Self.invalidQuery)
      }
    }
    let condition = WQLQuery(
      ["ID"], from: product, where: [.equal("Nothing", .null), .equal("ID", .string("x"))])
    #expect(try await served.fault(.query(condition), to: host).hresult == Self.invalidQuery)
  }

  @Test(arguments: Model.allCases)
  func `a method that the generation lacks is no method`(model: Model) async throws {
    let (served, host) = try Self.served(model)
    let reading = Reading(served: served, host: host, model: model)
    let service = try await reading.service()
    let product = try await reading.productPath()
    var calls: [(CIMName, InstancePath)] = [
      ("MakeCoffee", service), ("Activate", service), ("InstallProductKey", product),
      ("Create", InstancePath(.licensing("Win32_ComputerSystem"))),
    ]
    if model.isOldest {
      calls += [
        ("SetKeyManagementServicePort", service), ("ClearKeyManagementServicePort", service),
        ("SetKeyManagementServiceMachine", product),
      ]
    }
    for (method, path) in calls {
      let fault = try await served.fault(
        .invoke(method, of: path, ["PortNumber": 1]), to: host)
      #expect(fault.hresult == Self.noMethod)
    }
    #expect(try served.deeds().isEmpty)
  }

  @Test func `a class or namespace that is not there is named as such`() async throws {
    let (served, host) = try Self.served(.windows10)
    let noClass = ResourceURI.licensing("Win32_Nothing")
    let noNamespace = try #require(
      ResourceURI("http://schemas.microsoft.com/wbem/wsman/1/wmi/root/nowhere/Win32_Nothing"))
    for (operation, code) in [
      (.get(InstancePath(noClass)), 0x8004_1010),
      (.invoke("Do", of: InstancePath(noClass), CIMObject()), 0x8004_1010),
      (
        .enumerate(Enumeration(source: .all(of: noClass), maximum: 1, isOptimized: true)),
        0x8004_1010
      ),
      (Self.query(["A"], "Win32_Nothing"), 0x8004_1010),
      (.get(InstancePath(noNamespace)), 0x8004_100E),
    ] as [(WSMan.Operation, UInt32)] {
      let fault = try await served.fault(operation, to: host)
      #expect(fault.subcode == .destinationUnreachable)
      #expect(fault.hresult == HRESULT(rawValue: code))
    }
  }

  @Test(arguments: Model.allCases)
  func `a method needs the key of its instance, also where there is only one`(
    model: Model
  ) async throws {
    let (served, host) = try Self.served(model)
    for (method, name, parameters) in [
      ("InstallProductKey", "SoftwareLicensingService", ["ProductKey": .string(Models.mak)]),
      ("RefreshLicenseStatus", "SoftwareLicensingService", [:]),
      ("Activate", "SoftwareLicensingProduct", [:]),
    ] as [(CIMName, CIMName, CIMObject)] {
      let path = InstancePath(.licensing(name))
      let fault = try await served.fault(.invoke(method, of: path, parameters), to: host)
      #expect(fault.party == .receiver)
      #expect(fault.subcode == .internalError)
      #expect(fault.hresult == HRESULT(rawValue: 0x8004_102F))
    }
    #expect(try served.deeds().isEmpty)
  }

  @Test func `selectors are the keys of the class, no more and no less`() async throws {
    let (served, host) = try Self.served(.windows10)
    let product = ResourceURI.licensing("SoftwareLicensingProduct")
    let none = try await served.fault(.get(InstancePath(product)), to: host)
    #expect(none.subcode == .invalidSelectors)
    #expect(none.codes == [0x8033_80FA])
    for selectors in [
      [Selector("Name", "x")], [Selector("ID", "x"), Selector("Name", "x")],
    ] {
      let fault = try await served.fault(.get(InstancePath(product, selectors)), to: host)
      #expect(fault.subcode == .invalidSelectors)
      #expect(fault.codes == [0x8033_805B])
    }
    let gone = try await served.fault(
      .get(InstancePath(product, [Selector("ID", "x")])), to: host)
    #expect(gone.subcode == .destinationUnreachable)
    #expect(gone.codes == [0x8033_8000])
  }

  @Test(arguments: Model.allCases)
  func `only what has a key is activated`(model: Model) async throws {
    let (served, host) = try Self.served(model)
    let product = ResourceURI.licensing("SoftwareLicensingProduct")
    let row = try #require(
      try await served.query(
        ["ID"], from: "SoftwareLicensingProduct",
        where: [Reading.windows, .equal("PartialProductKey", .null)], on: host
      ).first)
    let id = try #require(try row.string("ID"))
    let keyless = try await served.fault(
      .invoke("Activate", of: InstancePath(product, [Selector("ID", id)]), CIMObject()),
      to: host)
    #expect(keyless.hresult == HRESULT(rawValue: 0xC004_F014))
    let wrong = try await served.fault(
      .invoke("Activate", of: InstancePath(product, [Selector("ID", "x")]), CIMObject()),
      to: host)
    #expect(wrong.subcode == .destinationUnreachable)
    #expect(try served.deeds().isEmpty)
  }

  @Test func `parameters that are missing or out of range are refused`() async throws {
    let (served, host) = try Self.served(.windows10)
    let service = try await Reading(served: served, host: host, model: .windows10).service()
    for (method, parameters, code) in [
      ("InstallProductKey", [:], 0x8004_102F),
      ("SetKeyManagementServiceMachine", ["Machine": "kms01"], 0x8004_102F),
      ("SetKeyManagementServiceMachine", ["MachineName": "no name"], 0x8007_0057),
      ("SetKeyManagementServicePort", ["PortNumber": "x"], 0x8004_102F),
      ("SetKeyManagementServicePort", ["PortNumber": 0], 0x8007_0057),
      ("SetKeyManagementServicePort", ["PortNumber": 65_536], 0x8007_0057),
    ] as [(CIMName, CIMObject, UInt32)] {
      let fault = try await served.fault(.invoke(method, of: service, parameters), to: host)
      #expect(fault.hresult == HRESULT(rawValue: code))
    }
    #expect(try served.deeds().isEmpty)
  }

  @Test(arguments: Model.allCases)
  func `nothing else of the registry is written`(model: Model) async throws {
    let (served, host) = try Self.served(model)
    let windows = #"SOFTWARE\Microsoft\Windows NT\CurrentVersion"#
    for (root, key, name) in [
      (0x8000_0002, windows, "EditionID"), (0x8000_0002, windows + #"\SL"#, "Other"),
      (0x8000_0001, windows + #"\SL"#, "KeyManagementServicePort"),
    ] as [(UInt64, String, String)] {
      for method in ["SetStringValue", "DeleteValue"] as [CIMName] {
        let parameters: CIMObject = [
          "hDefKey": .unsigned(root), "sSubKeyName": .string(key), "sValueName": .string(name),
          "sValue": "1",
        ]
        let result = try await served.send(
          .invoke(method, of: InstancePath(.registry), parameters), to: host
        ).result()
        #expect(result.returnValue == 5)
      }
    }
    #expect(try served.deeds().isEmpty)
  }

  @Test func `what would take a licence away is forbidden`() async throws {
    let (served, host) = try Self.served(.windows10)
    let reading = Reading(served: served, host: host, model: .windows10)
    let product = try await reading.productPath()
    let office = try #require(
      try await served.query(
        ["ID"], from: "SoftwareLicensingProduct",
        where: [.equal("Name", .string("Office16ProPlusVL_KMS_Client edition"))], on: host
      ).first?.string("ID"))
    for (method, path, parameters) in [
      ("UninstallProductKey", product, [:]),
      ("SetKeyManagementServiceMachine", product, [:]),
      ("Activate", InstancePath(product.resource, [Selector("ID", office)]), [:]),
    ] as [(CIMName, InstancePath, CIMObject)] {
      let fault = try await served.fault(.invoke(method, of: path, parameters), to: host)
      #expect(fault.isAccessDenied)
    }
    #expect(try served.deeds().isEmpty)
  }
}
