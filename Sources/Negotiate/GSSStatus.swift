import CGSSAPI

/// What a call of GSSAPI returned.
struct GSSStatus {
  var major: OM_uint32
  var minor: OM_uint32

  var isError: Bool { gss_shim_error(major) != 0 }
  var continues: Bool { gss_shim_continues(major) != 0 }

  /// What went wrong; to be asked before the thread calls GSSAPI again, which keeps the words.
  func error(_ circumstances: Circumstances) -> NegotiateError {
    let routine = gss_shim_error(major)
    let text = "\(Self.text(minor, GSS_C_MECH_CODE)) (\(Self.text(routine, GSS_C_GSS_CODE)))"
    if routine == gss_shim_bad_bindings() { return .wrongChannelBinding }
    if routine == gss_shim_bad_mechanism() { return .mechanismNotAllowed }
    if let failure = KerberosFailure(text: text) { return failure.error(circumstances, text) }
    if routine == gss_shim_expired_credential() { return .ticketExpired }
    if routine == gss_shim_defective_token() { return .malformedToken(text) }
    return .other(text)
  }

  /// Why a sealed message could not be read.
  func sealingError() -> NegotiateError {
    let routine = gss_shim_error(major)
    if routine == gss_shim_bad_signature() || routine == gss_shim_defective_token() {
      return .tampered
    }
    return error(Circumstances())
  }

  /// Whether a message was repeated, left out or moved, though it is genuine.
  var isOutOfSequence: Bool { gss_shim_out_of_sequence(major) != 0 }

  private static func text(_ status: OM_uint32, _ kind: Int32) -> String {
    var parts: [String] = []
    var more: OM_uint32 = 0
    repeat {
      var minor: OM_uint32 = 0
      var buffer = GSSBuffer()
      guard
        gss_shim_error(
          unsafe gss_display_status(&minor, status, kind, nil, &more, &buffer.descriptor)) == 0
      else { break }
      parts.append(String(decoding: buffer.bytes, as: UTF8.self))
    } while more != 0
    return parts.joined(separator: ": ")
  }
}
