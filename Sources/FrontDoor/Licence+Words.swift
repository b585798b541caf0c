import VolumeActivation

// Source: slmgr-wmi.md, section 5.
extension Licence {
  /// `Description`, which ends in the channel.
  func description(of hostKey: HostKey?, kind: ProductKind) -> String {
    "\(prefix(kind)), \(channel.words(hostKey)) channel"
  }

  private func prefix(_ kind: ProductKind) -> String {
    switch (application, WindowsGeneration(release)) {
    case (.office, _): "Office 16"
    case (.windows, .eight), (.windowsAddOn, .eight): "Windows(R) Operating System"
    case (.windows, .seven), (.windowsAddOn, .seven):
      "Windows Operating System - Windows\(kind == .client ? "(R) 7" : " Server(R)")"
    case (.windows, .vista), (.windowsAddOn, .vista):
      "Windows Operating System - \(kind == .client ? "Vista" : "Server 2008")"
    }
  }

  /// `ApplicationID`, which tells Windows from Office.
  var applicationID: String {
    switch application {
    case .windows, .windowsAddOn: "55c92734-d682-4d71-983e-d6ec3f16059f"
    case .office: "0ff1ce15-a989-479d-af46-f275c6370663"
    }
  }

  /// `ProductKeyChannel`, from Windows 8 on.
  var keyChannel: String {
    switch channel {
    case .mak: "Volume:MAK"
    case .kmsClient: "Volume:GVLK"
    case .kmsHost: "Volume:CSVLK"
    case .retail, .subscription, .none: "Retail"
    case .oem: "OEM:DM"
    case .evaluation: "Retail:TB:Eval"
    case .avma: "VT:IA"
    }
  }
}

extension Channel {
  fileprivate func words(_ hostKey: HostKey?) -> String {
    switch self {
    case .mak: "VOLUME_MAK"
    case .kmsClient: "VOLUME_KMSCLIENT"
    case .kmsHost: "VOLUME_KMS_\(hostKey?.letters ?? "C")"
    case .retail, .none: "RETAIL"
    case .oem: "OEM_DM"
    case .evaluation: "TIMEBASED_EVAL"
    case .avma: "VIRTUAL_MACHINE_ACTIVATION"
    case .subscription: "TIMEBASED_SUB"
    }
  }
}

extension HostKey {
  fileprivate var letters: String {
    switch self {
    case .windowsServer2025: "WS25"
    case .windowsServer2022: "WS22"
    case .windowsServer2019: "WS19"
    case .windowsServer2016: "WS16"
    case .windows10: "W10"
    }
  }
}
