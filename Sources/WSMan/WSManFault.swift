package import VolumeActivation

/// A request that a host refused, or that failed there.
package struct WSManFault: Error, Hashable, Sendable {
  package enum Party: String, Hashable, Sendable, CaseIterable {
    case sender = "Sender"
    case receiver = "Receiver"
    case mustUnderstand = "MustUnderstand"
    case versionMismatch = "VersionMismatch"
    case dataEncodingUnknown = "DataEncodingUnknown"
  }

  /// Whose fault it is said to be; nil when it is said in no way that SOAP knows.
  package var party: Party?
  package var subcode: FaultSubcode?
  package var reason: MaskedText
  /// `FaultDetail`: a URI that says more than the subcode.
  package var detail: MaskedText?
  /// The codes of `WSManFault`, from the outermost to the innermost: Win32 codes, HRESULTs or
  /// WS-Management's own.
  package var codes: [UInt32]
  /// The innermost message.
  package var message: MaskedText?
  package var wmi: WMIFault?
  /// `__ExtendedStatus.StatusCode`.
  package var statusCode: UInt32?
  /// The first `HRESULT 0x…` in any of the texts.
  package var codeInText: UInt32?
  /// An outline of it for the log.
  package var raw: MaskedText

  package init(
    _ party: Party?, _ subcode: FaultSubcode?, reason: MaskedText, detail: MaskedText? = nil,
    codes: [UInt32] = [], message: MaskedText? = nil, wmi: WMIFault? = nil,
    statusCode: UInt32? = nil, codeInText: UInt32? = nil, raw: MaskedText = ""
  ) {
    self.party = party
    self.subcode = subcode
    self.reason = reason
    self.detail = detail
    self.codes = codes
    self.message = message
    self.wmi = wmi
    self.statusCode = statusCode
    self.codeInText = codeInText
    self.raw = raw
  }
}

extension WSManFault {
  /// The code of the provider that failed; nil when it cannot be found.
  ///
  /// Typed codes go before texts. A Win32 code is given as the HRESULT that stands for it.
  package var hresult: HRESULT? {
    if let wmi, wmi.type?.text.uppercased() == "HRESULT", let code = wmi.code {
      return HRESULT(rawValue: code)
    }
    if let code = codes.last, code != 0, !Self.isManagement(code) {
      return HRESULT(rawValue: code < 0x1_0000 ? 0x8007_0000 | code : code)
    }
    return (statusCode ?? codeInText).map(HRESULT.init(rawValue:))
  }

  /// Whether a code is one of WS-Management's own, which say nothing of the provider.
  private static func isManagement(_ code: UInt32) -> Bool { code >> 16 == 0x8033 }

  private var allCodes: [UInt32] {
    codes + [wmi?.code, statusCode, codeInText].compactMap { $0 }
  }

  private func has(anyOf wanted: UInt32...) -> Bool {
    allCodes.contains { wanted.contains($0) }
  }

  /// The time for the request was over: whether it was done is unknown.
  package var isTimeout: Bool { subcode == .timedOut || has(anyOf: 0x8033_8029) }

  /// The user may not do this; the password was right.
  package var isAccessDenied: Bool {
    subcode == .accessDenied
      || has(anyOf: 5, 0x8033_8104, 0x8033_8105, 0x8033_8106, 0x8007_0005, 0x8004_1003)
  }

  /// Too much at a time for this user or host; it passes by itself.
  package var isQuota: Bool { subcode == .quotaLimit || has(anyOf: 0x8033_81A6) }
}

extension WSManFault: CustomStringConvertible {
  package var description: String {
    let code = hresult ?? codes.last.map(HRESULT.init(rawValue:))
    let texts = [message, wmi?.message, reason].compactMap(\.?.text)
    let text = texts.first { !$0.isEmpty } ?? subcode?.rawValue ?? "no text"
    return code.map { "\(text) (\($0))" } ?? text
  }
}
