/// Why a request is not carried out, and which request it was, as far as it could be read.
package struct Refusal: Error, Hashable {
  package var fault: WSManFault
  package var message: MessageID?

  init(
    _ subcode: FaultSubcode?, _ reason: MaskedText, party: WSManFault.Party = .sender,
    code: UInt32? = nil, to message: MessageID? = nil
  ) {
    fault = WSManFault(
      party, subcode, reason: reason, codes: code.map { [$0] } ?? [],
      message: code.map { _ in reason })
    self.message = message
  }
}
