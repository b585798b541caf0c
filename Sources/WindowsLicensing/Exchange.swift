package import VolumeActivation
import WSMan
package import WSManSession

/// One request to a host and what came of it, for a log; it holds no secret.
package struct Exchange: Sendable {
  package var host: HostName
  /// The class that was queried, or the method that was called.
  package var operation: String
  package var outcome: Outcome

  package enum Outcome: Sendable {
    case instances(Int)
    /// What a method returned.
    case returned(HRESULT)
    case failed(SessionError)
  }
}

extension Exchange.Outcome: CustomStringConvertible {
  /// Of a fault its outline too.
  package var description: String {
    switch self {
    case .instances(let count): "instances: \(count)"
    case .returned(let code): "returned \(code)"
    case .failed(.fault(let fault)): "\(fault) [\(fault.raw.text)]"
    case .failed(let error): "\(error)"
    }
  }
}
