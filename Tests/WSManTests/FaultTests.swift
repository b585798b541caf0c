import Testing
import VolumeActivation
import WSMan

/// The shapes of faults, and the code of the provider wherever it stands.
struct FaultTests {
  private static func wsman(_ code: UInt32, _ message: String) -> String {
    "<flt:WSManFault Code=\"\(code)\" Machine=\"pc17\"><flt:Message>\(message)</flt:Message>"
      + "</flt:WSManFault>"
  }

  private static func provider(_ outer: UInt32, _ inner: UInt32, status: String) -> String {
    wsman(
      outer,
      """
      <flt:ProviderFault provider="WMI Provider" path="%systemroot%\\system32\\WsmWmiPl.dll">\
      \(wsman(inner, "the text"))<flt:ExtendedError><x:__ExtendedStatus xmlns:x="y">\
      <x:Operation>ExecMethod</x:Operation>\(status)</x:__ExtendedStatus></flt:ExtendedError>\
      </flt:ProviderFault>
      """)
  }

  private static func wmi(code: String, type: String, text: String = "") -> String {
    """
    <k:MSFT_WmiError xmlns:k="z"><k:CIMStatusCode xsi:type="cim:cimUnsignedInt">1\
    </k:CIMStatusCode><k:Message>\(text)</k:Message><k:MessageID>HRESULT 0xc004f074</k:MessageID>\
    <k:error_Code>\(code)</k:error_Code><k:error_Type>\(type)</k:error_Type></k:MSFT_WmiError>
    """
  }

  private static let nilStatus = "<x:StatusCode xsi:nil=\"true\"/>"

  @Test func `a fault of WS-Management is read whole`() throws {
    let fault = try Wire.readFault(
      "wm:InvalidSelectors", reason: "the reason",
      detail: """
        <wm:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/UnexpectedSelectors\
        </wm:FaultDetail>\(Self.wsman(0x8033_805B, "the message"))
        """)
    #expect(fault.party == .receiver)
    #expect(fault.subcode == .invalidSelectors)
    #expect(fault.reason.text == "the reason")
    #expect(fault.detail?.text.hasSuffix("UnexpectedSelectors") == true)
    #expect(fault.codes == [0x8033_805B])
    #expect(fault.message?.text == "the message")
    #expect(fault.hresult == nil)
    #expect(fault.description == "the message (0x8033805B)")
  }

  @Test func `an HRESULT of MSFT_WmiError goes before all others`() throws {
    let fault = try Wire.readFault(
      detail: Self.wmi(code: "3221549172", type: "HRESULT")
        + Self.provider(0x8033_8000, 0xC004_F038, status: "<x:StatusCode>5</x:StatusCode>"))
    #expect(fault.hresult == .noKMSHost)
  }

  @Test func `the innermost code goes before the status`() throws {
    let fault = try Wire.readFault(
      reason: "HRESULT 0xc004f042",
      detail: Self.provider(
        0x8033_8000, 0xC004_F038, status: "<x:StatusCode>2147942405</x:StatusCode>"))
    #expect(fault.codes == [0x8033_8000, 0xC004_F038])
    #expect(fault.hresult == .countTooLow)
    #expect(fault.message?.text == "the text")
  }

  @Test func `a Win32 code stands for its HRESULT`() throws {
    let fault = try Wire.readFault(detail: Self.wsman(87, "HRESULT 0xc004f042"))
    #expect(fault.hresult == HRESULT(rawValue: 0x8007_0057))
  }

  @Test func `the status goes before the texts`() throws {
    let fault = try Wire.readFault(
      reason: "HRESULT 0xc004f042",
      detail: Self.provider(
        0x8033_8000, 0x8033_8000, status: "<x:StatusCode>-1073418184</x:StatusCode>"))
    #expect(fault.hresult == .countTooLow)
  }

  @Test(arguments: [
    "HRESULT 0xc004f042.", "unknown error: HRESULT 0xC004F042", "HHRESULT 0xC004F042",
  ])
  func `without any other code the first in a text counts`(text: String) throws {
    let message = Self.provider(0x8033_8000, 0x8033_8000, status: Self.nilStatus)
      .replacing("the text", with: text)
    #expect(try Wire.readFault(detail: message).hresult == .notCovered)
    #expect(try Wire.readFault(reason: text, detail: "").hresult == .notCovered)
  }

  @Test(arguments: ["HRESULT 0xc004f04", "HRESULT c004f042", "hresult 0xc004f042", "0xC004F042"])
  func `what only resembles a code is none`(text: String) throws {
    #expect(try Wire.readFault(reason: text, detail: "").hresult == nil)
  }

  @Test func `MSFT_WmiError of another type is not taken by its number`() throws {
    let fault = try Wire.readFault(detail: Self.wmi(code: "1359", type: "WIN32"))
    #expect(fault.hresult == .noKMSHost, "the text of MessageID has it")
  }

  @Test func `OMI's own error is read`() throws {
    let fault = try Wire.readFault(
      detail: """
        <k:OMI_Error xmlns:k="z"><k:OMI_Code>1</k:OMI_Code><k:OMI_Type>MI</k:OMI_Type>\
        <k:MessageID>OMI:MI_Result:1</k:MessageID></k:OMI_Error>
        """)
    #expect(fault.wmi?.code == 1)
    #expect(fault.wmi?.messageID?.text == "OMI:MI_Result:1")
    #expect(fault.hresult == nil)
  }

  @Test func `a fault without any code keeps its texts`() throws {
    let fault = try Wire.readFault("q:Something", reason: "why", detail: "")
    #expect(fault.subcode == FaultSubcode(rawValue: "Something"))
    #expect(fault.hresult == nil)
    #expect(fault.description == "why")
  }

  @Test func `a time-out is known by its code and by its subcode`() throws {
    let byCode = try Wire.readFault(detail: Self.wsman(0x8033_8029, "x"))
    let bySubcode = try Wire.readFault("wm:TimedOut", detail: "")
    let other = try Wire.readFault(detail: Self.wsman(0x8033_8000, "x"))
    #expect(byCode.isTimeout && bySubcode.isTimeout && !other.isTimeout)
    #expect(!byCode.isAccessDenied && !byCode.isQuota)
  }

  @Test(
    arguments: [5, 0x8033_8104, 0x8033_8105, 0x8033_8106, 0x8007_0005, 0x8004_1003] as [UInt32])
  func `denied access is known by its codes`(code: UInt32) throws {
    #expect(try Wire.readFault(detail: Self.wsman(code, "x")).isAccessDenied)
    #expect(
      try Wire.readFault(
        detail: Self.provider(
          0x8033_8000, 0x8033_8000, status: "<x:StatusCode>\(code)</x:StatusCode>")
      ).isAccessDenied)
    #expect(
      try Wire.readFault(detail: Self.wmi(code: "\(code)", type: "HRESULT")).isAccessDenied)
  }

  @Test func `denied access is known by its subcode and by a text`() throws {
    #expect(try Wire.readFault("wm:AccessDenied", detail: "").isAccessDenied)
    #expect(try Wire.readFault(reason: "HRESULT 0x80041003", detail: "").isAccessDenied)
    #expect(try !Wire.readFault(reason: "access denied", detail: "").isAccessDenied)
  }

  @Test func `a quota is known by its code and by its subcode`() throws {
    #expect(try Wire.readFault(detail: Self.wmi(code: "2150859174", type: "HRESULT")).isQuota)
    #expect(try Wire.readFault("wm:QuotaLimit", detail: "").isQuota)
    #expect(try !Wire.readFault("wm:QuotaLimit", detail: "").isAccessDenied)
  }

  @Test(arguments: [
    "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B", "bbbbb-ccccc-ddddd-fffff-b7b7b", "BBBBBCCCCCDDDDDFFFFFB7B7B",
    "xBBBBB-CCCCC-DDDDD-FFFFF-B7B7B", "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B-1",
    "11111-11111-BBBBB-CCCCC-DDDDD-FFFFF-B7B7B", "BBBBB&#45;CCCCC-DDDDD-FFFFF-B7B7B",
  ])
  func `nothing that looks like a product key gets into a fault`(key: String) throws {
    let fault = try Wire.readFault(
      reason: "the key '\(key)' is bad",
      detail: Self.wsman(0xC004_F050, "bad: \(key).")
        + Self.wmi(code: "1", type: "MI", text: key))
    var shown = ""
    dump(fault, to: &shown)
    for group in ["BBBBB", "CCCCC", "DDDDD", "FFFFF", "B7B7B"] {
      #expect(!shown.uppercased().contains(group))
    }
    #expect(fault.reason.text.contains("the key '"))
  }

  @Test(arguments: [
    "55c92734-d682-4d71-983e-d6ec3f16059f", "SoftwareLicensingProductClass",
    "03612-03308-000-000000-03-1033-17134.0000-1232018", "HRESULT 0xC004F074",
  ])
  func `what is no key is not masked`(text: String) {
    #expect(MaskedText(text.utf8).text == text)
  }

  @Test func `all of a fault is kept for the log, up to a bound`() throws {
    let fault = try Wire.readFault(
      reason: "first", detail: Self.wsman(7, "a<b/>c" + String(repeating: "-", count: 10_000)))
    #expect(
      fault.raw.text.hasPrefix(
        """
        Fault(Code(Value(env:Receiver)Subcode(Value(wm:InternalError)))Reason(Text lang=(first))\
        Detail(WSManFault Code=7 Machine=pc17(Message(ab()c---
        """))
    #expect(fault.raw.text.utf8.count == 4096)
  }

  @Test(arguments: 4060..<4100)
  func `a key across the cut is masked`(place: Int) {
    let text = String(repeating: "-", count: place) + "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"
    let masked = MaskedText(text.utf8).text
    #expect(masked.utf8.count <= 4096)
    #expect(masked.allSatisfy { $0 == "-" || $0 == "*" })
  }

  @Test(arguments: [Answer.FaultShape.management, .provider])
  func `a fault of ours is read as it was meant`(shape: Answer.FaultShape) throws {
    let fault = WSManFault(
      .receiver, .internalError, reason: "a < b & \"c\"", detail: "uri:x",
      codes: [0x8033_8000, 0xC004_F038], message: "inner", statusCode: 5)
    let bytes = try Answer(.fault(fault, shape), to: Wire.message).envelope()
    let read = try Wire.fault(in: bytes)
    #expect(read.party == .receiver)
    #expect(read.subcode == .internalError)
    #expect(read.reason == fault.reason)
    #expect(read.detail == "uri:x")
    #expect(read.codes == fault.codes)
    #expect(read.message == "inner")
    #expect(read.hresult == .countTooLow)
  }

  @Test func `an error of WMI of ours is read as it was meant`() throws {
    let wmi = WMIFault(
      code: 0xC004_F074, type: "HRESULT", messageID: "HRESULT 0xc004f074", message: "no KMS")
    let fault = WSManFault(nil, nil, reason: "r", wmi: wmi)
    let bytes = try Answer(.fault(fault, .wmi), to: Wire.message).envelope()
    let read = try Wire.fault(in: bytes)
    #expect(read.wmi == wmi)
    #expect(read.hresult == .noKMSHost)
  }
}
