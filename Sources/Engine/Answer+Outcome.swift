package import VolumeActivation

extension Answer {
  /// What an outcome proves of a step; the error table decides on codes.
  init(_ outcome: Outcome, to step: Step) {
    switch outcome {
    case .done: self = .done
    case .silent(.lost): self = .doubtful
    case .silent(.unreachable), .silent(.authentication): self = .again
    case .refused(let code):
      switch ActivationError(code).turn(during: step.operation) {
      case .retry: self = .again
      case .waitForCount: self = step == .ato ? .counted : .doubtful
      case .look: self = .doubtful
      case .holdHost, .holdWave, .holdRun: self = .never
      }
    }
  }
}

extension Step {
  /// The kind of call that it is, for the meaning of its refusals.
  package var operation: VolumeActivation.Operation {
    switch self {
    case .skms, .rkms: .kmsSettings
    case .ipk, .ipkMAK: .keyInstall
    case .ato: .kmsRequest
    case .cid: .confirmationDeposit
    case .atoMAK: .makActivation
    }
  }
}
