/// `MSFT_WmiError`, which WinRM 3.0 and later put into faults of WMI; also OMI's form of it.
package struct WMIFault: Hashable, Sendable {
  package var code: UInt32?
  /// `HRESULT`, `WIN32` or `MI`.
  package var type: MaskedText?
  /// Such as `HRESULT 0xc004f074`.
  package var messageID: MaskedText?
  package var message: MaskedText?

  package init(code: UInt32?, type: MaskedText?, messageID: MaskedText?, message: MaskedText?) {
    self.code = code
    self.type = type
    self.messageID = messageID
    self.message = message
  }
}
