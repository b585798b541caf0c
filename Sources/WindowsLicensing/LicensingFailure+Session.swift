import Execution
import Negotiate
import VolumeActivation
import WSMan
import WSManSession

extension LicensingFailure {
  /// What a session's error proves of a call.
  ///
  /// An account that was refused for another reason than its password locks nobody out, so it is
  /// as if the host could not be reached.
  init(_ error: SessionError) {
    let text = error.description
    switch error {
    case .unreachable, .notAuthorized: self = .unreachable(text)
    case .negotiate(let cause):
      self = cause.isAuthenticationFailure ? .authentication(text) : .unreachable(text)
    case .wrongCredentials: self = .authentication(text)
    case .lost: self = .lost(text)
    case .fault(let fault): self.init(fault)
    }
  }

  private init(_ fault: WSManFault) {
    if fault.isTimeout {
      self = .lost("the host is still at it: \(fault)")
    } else if fault.isQuota {
      self = .unreachable("the host has too much to do: \(fault)")
    } else if let code = fault.hresult ?? fault.codes.last.map(HRESULT.init(rawValue:)) {
      self = .refused(code)
    } else if fault.isAccessDenied {
      self = .refused(Self.accessDenied)
    } else {
      self = .lost("the host answered with a fault: \(fault)")
    }
  }

  private static let accessDenied = HRESULT(rawValue: 0x8007_0005)
}
