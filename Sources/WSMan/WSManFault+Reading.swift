extension WSManFault {
  /// Reads `s:Fault` in each of the shapes that Windows and OMI give its detail.
  init(_ fault: XMLElement) {
    let code = fault.child(XMLName(.soap, "Code"))
    let value = XMLName(.soap, "Value")
    let wsman = fault.descendants.filter { $0.isNamed(XMLName(.fault, "WSManFault")) }
    self.init(
      code?.child(value).flatMap { Party(rawValue: Self.local($0.token)) },
      code?.child(XMLName(.soap, "Subcode"))?.child(value).map {
        FaultSubcode(rawValue: Self.local(MaskedText($0.tokenBytes).text))
      },
      reason: MaskedText(
        fault.child(XMLName(.soap, "Reason"))?.child(XMLName(.soap, "Text"))?.tokenBytes ?? []),
      detail: fault.descendants.first { $0.isNamed(XMLName(.management, "FaultDetail")) }.map {
        MaskedText($0.tokenBytes)
      },
      codes: wsman.compactMap { $0.attribute(XMLName(.none, "Code")).flatMap(Self.code) },
      message: wsman.last?.child(XMLName(.fault, "Message")).map { MaskedText($0.tokenBytes) },
      wmi: fault.descendants.first {
        $0.isNamed(local: "MSFT_WmiError") || $0.isNamed(local: "OMI_Error")
      }.map(WMIFault.init),
      statusCode: fault.descendants.first {
        $0.isNamed(local: "StatusCode") && !$0.isNil
      }.flatMap { Self.code($0.token) },
      codeInText: Self.code(inText: fault.textBytes),
      raw: MaskedText(fault.outline))
  }

  /// A name without its prefix.
  private static func local(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }

  static func code(_ text: String) -> UInt32? { UInt32(bitsOf: Array(text.utf8)[...]) }

  /// The eight digits behind the first `HRESULT 0x`.
  private static func code(inText text: ArraySlice<UInt8>) -> UInt32? {
    let marker = Array("HRESULT 0x".utf8)
    var rest = text
    while let start = rest.firstIndex(of: marker[0]) {
      rest = rest[start...]
      if rest.starts(with: marker) {
        let digits = rest.dropFirst(marker.count).prefix(8)
        if digits.count == 8, digits.allSatisfy(isHexadecimal) {
          return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        }
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

extension WMIFault {
  fileprivate init(_ element: XMLElement) {
    func text(_ names: CIMName...) -> MaskedText? {
      for name in names {
        if let child = element.child(local: name), !child.isNil {
          return MaskedText(child.tokenBytes)
        }
      }
      return nil
    }
    self.init(
      code: text("error_Code", "OMI_Code").flatMap { WSManFault.code($0.text) },
      type: text("error_Type", "OMI_Type"), messageID: text("MessageID"),
      message: text("error_WindowsErrorMessage", "OMI_ErrorMessage", "Message"))
  }
}
