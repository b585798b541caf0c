import Engine
import Execution
import VolumeActivation

/// Where on its way a host is met by a person's `rollback`, and what is to come of it.
enum Station: String, CaseIterable {
  case planned, ready
  case settingUnderWay, keyUnderWay, askUnderWay
  case keyUnknown, waiting, retrying, check
  case licensed, restored, failed, skipped, drifted, stranded, unsettled

  /// The phase's word.
  var phase: String {
    switch self {
    case .settingUnderWay, .keyUnderWay, .askUnderWay: "under-way"
    case .keyUnknown: "unknown"
    case .planned, .ready, .waiting, .retrying, .check, .licensed, .restored, .failed, .skipped,
      .drifted, .stranded, .unsettled:
      rawValue
    }
  }

  func matches(_ phase: Phase) -> Bool {
    let step: Step? =
      switch self {
      case .settingUnderWay: .skms
      case .keyUnderWay, .keyUnknown: .ipk
      case .askUnderWay: .ato
      case .planned, .ready, .waiting, .retrying, .check, .licensed, .restored, .failed, .skipped,
        .drifted, .stranded, .unsettled:
        nil
      }
    return phase.word == self.phase && (step == nil || phase.step == step)
  }

  enum Outcome {
    /// Its key was never changed, and its KMS settings are as they were.
    case untouched
    /// It is on its MAK again, with its activation and its settings.
    case back
    /// It does not apply: nothing is done.
    case refused
  }

  var outcome: Outcome {
    switch self {
    case .planned, .ready, .settingUnderWay, .failed, .skipped: .untouched
    case .keyUnderWay, .askUnderWay, .keyUnknown, .waiting, .retrying, .check, .licensed,
      .restored:
      .back
    case .drifted, .stranded, .unsettled: .refused
    }
  }

  /// What the command ends with.
  var code: Int32 {
    switch self {
    // The run has a host that a person must see.
    case .failed: 11
    case .drifted, .stranded, .unsettled: 1
    case .planned, .ready, .settingUnderWay, .keyUnderWay, .askUnderWay, .keyUnknown, .waiting,
      .retrying, .check, .licensed, .restored, .skipped:
      0
    }
  }

  /// Further keys of `policy:`.
  var policy: [String: String] {
    let usual = ["failureBudget": "100%", "quietTime": "1s", "operationTimeout": "5s"]
    switch self {
    case .retrying: return usual.merging(["retryPause": "1h"]) { $1 }
    case .unsettled: return usual.merging(["settleLimit": "1s"]) { $1 }
    case .planned, .ready, .settingUnderWay, .keyUnderWay, .askUnderWay, .keyUnknown, .waiting,
      .check, .licensed, .restored, .failed, .skipped, .drifted, .stranded:
      return usual
    }
  }

  /// What leads `subject` there, and keeps it there where it would not stay.
  func rule(for subject: String) -> Gatekeeper.Rule {
    let station = self
    // Without these nobody reaches the threshold.
    let late = Set(Company.onMAK.filter { ("ws-10."..."ws-24.~").contains($0) })
    return { host, errand in
      let isSubject = host == subject
      switch (station, errand) {
      case (.planned, .look) where isSubject: return .kept
      case (.ready, .setKMS), (.skipped, .setKMS): return .kept
      case (.settingUnderWay, .setKMS) where isSubject: return .kept
      case (.keyUnderWay, .installKey) where isSubject, (.keyUnknown, .installKey) where isSubject,
        (.unsettled, .installKey) where isSubject:
        return .kept
      case (.askUnderWay, .activate) where isSubject: return .kept
      case (.waiting, .activate), (.check, .activate): return late.contains(host) ? .kept : .through
      case (.retrying, .activate) where isSubject: return .refused(.serviceStopping)
      case (.failed, .installKey) where isSubject: return .refused(.inconsistentStore)
      default: return .through
      }
    }
  }
}

extension HRESULT {
  /// It stops at the moment: a refusal that passes.
  static let serviceStopping = HRESULT(rawValue: 0xC004_F075)
  /// Its store is broken: a refusal that stays.
  static let inconsistentStore = HRESULT(rawValue: 0xC004_E002)
}
