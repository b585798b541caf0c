/// What a host answers to a client.
package struct Answer: Sendable {
  package enum Body: Hashable, Sendable {
    case instance(CIMObject, of: ResourceURI)
    case page(AnswerPage)
    case released
    case result(of: CIMName, on: ResourceURI, CIMObject)
    case identity(HostIdentity)
    case fault(WSManFault, FaultShape)
  }

  /// How the detail of a fault is written.
  package enum FaultShape: Hashable, Sendable {
    /// As WinRM 2.0 does.
    case management
    /// As the WMI plug-in does: the codes inside a `ProviderFault`.
    case provider
    /// As WinRM 3.0 and later do.
    case wmi
  }

  /// Nil when the request could not be read, and for Identify.
  package var request: MessageID?
  package var message: MessageID
  package var body: Body

  package init(_ body: Body, to request: MessageID?, message: MessageID = .random()) {
    self.request = request
    self.message = message
    self.body = body
  }
}

extension Answer {
  package init(_ refusal: Refusal, message: MessageID = .random()) {
    self.init(.fault(refusal.fault, .management), to: refusal.message, message: message)
  }
}
