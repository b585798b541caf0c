extension WSManFault {
  /// Writes `s:Fault`.
  func write(_ shape: Answer.FaultShape, to writer: inout XMLWriter) {
    writer.raw("<s:Fault><s:Code><s:Value>s:")
    writer.text((party ?? .receiver).rawValue)
    writer.raw("</s:Value>")
    if let subcode {
      writer.raw("<s:Subcode><s:Value>")
      writer.raw(subcode.prefix)
      writer.text(subcode.rawValue)
      writer.raw("</s:Value></s:Subcode>")
    }
    writer.raw("</s:Code><s:Reason><s:Text xml:lang=\"en-US\">")
    writer.text(reason.text)
    writer.raw("</s:Text></s:Reason><s:Detail>")
    if let detail {
      writer.raw("<w:FaultDetail>")
      writer.text(detail.text)
      writer.raw("</w:FaultDetail>")
    }
    switch shape {
    case .management: writeManagement(codes[...], to: &writer)
    case .provider: writeProvider(to: &writer)
    case .wmi: writeWMI(to: &writer)
    }
    writer.raw("</s:Detail></s:Fault>")
  }

  /// Each code inside the message of the one before it.
  private func writeManagement(_ codes: ArraySlice<UInt32>, to writer: inout XMLWriter) {
    guard let code = codes.first else { return }
    open(code, to: &writer)
    let inner = codes.dropFirst()
    if inner.isEmpty {
      writer.text((message ?? reason).text)
    } else {
      writer.raw("<f:ProviderFault>")
      writeManagement(inner, to: &writer)
      writer.raw("</f:ProviderFault>")
    }
    writer.raw("</f:Message></f:WSManFault>")
  }

  private func writeProvider(to writer: inout XMLWriter) {
    guard let outer = codes.first, let inner = codes.last else { return }
    open(outer, to: &writer)
    writer.raw(
      """
      <f:ProviderFault provider="WMI Provider" path="%systemroot%\\system32\\WsmWmiPl.dll">
      """)
    open(inner, to: &writer)
    writer.text((message ?? reason).text)
    writer.raw(
      """
      </f:Message></f:WSManFault><f:ExtendedError><x:__ExtendedStatus \
      xmlns:x="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/__ExtendedStatus" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><x:Operation>ExecMethod\
      </x:Operation>
      """)
    if let statusCode {
      writer.raw("<x:StatusCode>")
      writer.number(statusCode)
      writer.raw("</x:StatusCode>")
    } else {
      writer.raw("<x:StatusCode xsi:nil=\"true\"/>")
    }
    writer.raw(
      """
      </x:__ExtendedStatus></f:ExtendedError></f:ProviderFault></f:Message></f:WSManFault>
      """)
  }

  private func open(_ code: UInt32, to writer: inout XMLWriter) {
    writer.raw("<f:WSManFault Code=\"")
    writer.number(code)
    writer.raw("\" Machine=\"localhost\"><f:Message>")
  }

  private func writeWMI(to writer: inout XMLWriter) {
    guard let wmi else { return }
    writer.raw(
      """
      <p:MSFT_WmiError b:IsCIM_Error="true" \
      xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" \
      xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError" \
      xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      """)
    writer.properties(
      of: [
        // 1 stands for a failure that CIM has no name for.
        "CIMStatusCode": 1,
        "Message": wmi.message.map { .string($0.text) } ?? nil,
        "MessageID": wmi.messageID.map { .string($0.text) } ?? nil,
        "error_Code": wmi.code.map { .unsigned(UInt64($0)) } ?? nil,
        "error_Type": wmi.type.map { .string($0.text) } ?? nil,
      ], .classElement)
    writer.raw("</p:MSFT_WmiError>")
  }
}
