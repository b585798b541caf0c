import VolumeActivation
import WSMan

// The classes of the machine itself; columns that nobody asks for are left out.
extension Machine {
  var operatingSystem: CIMObject {
    let version = "\(state.version).\(state.build)"
    return [
      "BootDevice": #"\Device\HarddiskVolume1"#,
      "BuildNumber": .string(String(state.build)),
      "BuildType": "Multiprocessor Free",
      "Caption": .string("Microsoft \(product)"),
      "CSName": .string(computerName.label.uppercased()),
      "CurrentTimeZone": .signed(0),
      "LastBootUpTime": .dateTime(CIMDateTime(state.bootedAt)),
      "LocalDateTime": .dateTime(CIMDateTime(state.clock)),
      "Locale": "0409",
      "Manufacturer": "Microsoft Corporation",
      "Name": .string("Microsoft \(product)|C:\\Windows|\\Device\\Harddisk0\\Partition1"),
      "OSArchitecture": "64-bit",
      // 2 would be a domain controller.
      "ProductType": .unsigned(state.kind == .client ? 1 : 3),
      "ServicePackMajorVersion": 0,
      "Status": "OK",
      "SystemDirectory": #"C:\Windows\system32"#,
      "Version": .string(version),
    ]
  }

  var computerSystem: CIMObject {
    let (label, domain) = computerName
    return [
      "Caption": .string(label.uppercased()),
      "DNSHostName": .string(String(label)),
      "Domain": .string(domain.map(String.init) ?? "WORKGROUP"),
      // 1 is a workstation, 3 a server, each a member of a domain; 0 and 2 stand alone.
      "DomainRole": .unsigned((state.kind == .client ? 0 : 2) + (domain == nil ? 0 : 1)),
      "Manufacturer": "Simulated",
      "Model": "Simulated Machine",
      "Name": .string(label.uppercased()),
      "PartOfDomain": .boolean(domain != nil),
      "Workgroup": domain == nil ? "WORKGROUP" : nil,
    ]
  }

  var computerSystemProduct: CIMObject {
    [
      "Caption": "Computer System Product",
      "IdentifyingNumber": .string(String(computerName.label)),
      "Name": "Simulated Machine",
      "UUID": state.uuid.map { .string($0.uppercased()) } ?? nil,
      "Vendor": "Simulated",
      "Version": "1",
    ]
  }
}

extension CIMDateTime {
  /// As a machine in Greenwich shows it.
  init(_ instant: Timestamp) {
    self.init(microsecondsSince1970: instant.rawValue * 1000)
  }
}
