import VolumeActivation
import WSMan

/// Why a request has no result.
enum Setback: Error, Hashable {
  case noSuchNamespace
  case noSuchClass
  case noSuchMethod
  case noSuchInstance
  case invalidQuery
  /// Also a method that is called on a class instead of an instance.
  case invalidParameters
  case missingSelectors
  case unexpectedSelectors
  case accessDenied
  case tooManyOperations
  case timedOut
  case invalidContext
  /// A Pull or Release that names another resource than its Enumerate.
  case otherResource
  /// What is to be sent in one piece is larger than the client's envelope.
  case tooLarge
  /// The provider failed the call with a code.
  case refused(HRESULT)
  case accountRefused
  /// Nothing is answered, whether or not the request arrived.
  case silence
}

extension Setback {
  /// What becomes of a request, with a fault in the shape that the host's WinRM gives it.
  ///
  /// Source: winrm-wire.md, sections 4 and 5; the codes of WMI are those of `wbemcli.h`.
  func response(to request: MessageID, on generation: WindowsGeneration) -> Response {
    let body: Answer.Body
    switch self {
    case .silence: return .silence
    case .accountRefused: return .refused
    case .noSuchNamespace:
      body = .wmi(0x8004_100E, .sender, .destinationUnreachable, "no such namespace", generation)
    case .noSuchClass:
      body = .wmi(0x8004_1010, .sender, .destinationUnreachable, "no such class", generation)
    case .noSuchMethod:
      body = .wmi(0x8004_102E, .receiver, .internalError, "no such method", generation)
    case .noSuchInstance:
      body = .winRM(.sender, .destinationUnreachable, "no such instance", 0x8033_8000)
    case .invalidQuery:
      body = .wmi(0x8004_1017, .sender, .cannotProcessFilter, "the query is invalid", generation)
    case .invalidParameters:
      body = .wmi(0x8004_102F, .receiver, .internalError, "invalid parameters", generation)
    case .missingSelectors:
      body = .winRM(
        .sender, .invalidSelectors, "the class has keys and is no singleton", 0x8033_80FA,
        detail: "InsufficientSelectors")
    case .unexpectedSelectors:
      body = .winRM(
        .sender, .invalidSelectors, "the selectors are not the keys of the class", 0x8033_805B,
        detail: "UnexpectedSelectors")
    case .accessDenied: body = .winRM(.sender, .accessDenied, "access is denied", 5)
    case .tooManyOperations:
      body = .wmi(0x8033_81A6, .receiver, .quotaLimit, "too many operations", generation)
    case .timedOut: body = .winRM(.receiver, .timedOut, "the time is over", 0x8033_8029)
    case .invalidContext:
      body = .winRM(.receiver, .invalidEnumerationContext, "no such enumeration is open")
    case .otherResource:
      body = .winRM(.sender, .invalidParameter, "the enumeration is one of another resource")
    case .tooLarge:
      body = .winRM(.sender, .encodingLimit, "the reply is larger than the envelope may be")
    case .refused(let code):
      body = .wmi(code.rawValue, .receiver, .internalError, "the provider failed", generation)
    }
    return .answer(Answer(body, to: request))
  }
}

extension Answer.Body {
  /// A fault of WinRM itself.
  fileprivate static func winRM(
    _ party: WSManFault.Party, _ subcode: FaultSubcode, _ text: MaskedText, _ code: UInt32? = nil,
    detail: String? = nil
  ) -> Answer.Body {
    let uri = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/"
    return .fault(
      WSManFault(
        party, subcode, reason: text, detail: detail.map { MaskedText((uri + $0).utf8) },
        codes: code.map { [$0] } ?? [], message: text), .management)
  }

  /// A fault of WMI or of a provider behind it.
  fileprivate static func wmi(
    _ code: UInt32, _ party: WSManFault.Party, _ subcode: FaultSubcode, _ text: MaskedText,
    _ generation: WindowsGeneration
  ) -> Answer.Body {
    let name = "HRESULT \(HRESULT(rawValue: code).description.lowercased())"
    let message = MaskedText("\(text): \(name)".utf8)
    return .fault(
      WSManFault(
        party, subcode, reason: message, codes: [code, code], message: message,
        wmi: WMIFault(
          code: code, type: "HRESULT", messageID: MaskedText(name.utf8), message: message)),
      generation.faultShape)
  }
}
