import CGSSAPI

/// A context of GSSAPI, under way or established: what clients and hosts have in common.
///
/// It may go to another thread, because it is never copied: whoever has it has it alone.
@safe struct SecurityContext: ~Copyable, @unchecked Sendable {
  var handle: gss_ctx_id_t?
  var flags: OM_uint32 = 0
  private(set) var isComplete = false
  /// What SPNEGO settled on; nil until it has.
  private(set) var mechanism: Mechanism?

  deinit {
    var minor: OM_uint32 = 0
    var handle = unsafe handle
    unsafe gss_delete_sec_context(&minor, &handle, nil)
  }

  var hasConfidentiality: Bool { isComplete && gss_shim_is_confidential(flags) != 0 }

  /// Lends the channel binding to a call; nil for none.
  static func withBinding<Result>(
    _ binding: ChannelBinding?, _ body: (gss_channel_bindings_t?) -> Result
  ) -> Result {
    guard let binding else { return body(nil) }
    return unsafe binding.applicationData.withGSSBuffer { data in
      var bindings = unsafe gss_channel_bindings_struct()
      unsafe bindings.application_data = data
      return unsafe body(&bindings)
    }
  }

  /// Notes that the handshake is over, and what it agreed on.
  mutating func complete() throws(NegotiateError) {
    var status = GSSStatus(major: 0, minor: 0)
    var identifier: gss_OID?
    status.major = unsafe gss_inquire_context(
      &status.minor, handle, nil, nil, nil, &identifier, nil, nil, nil)
    guard !status.isError else { throw status.error(Circumstances()) }
    unsafe mechanism = Mechanism(identifier)
    isComplete = true
  }

  mutating func seal(_ text: [UInt8]) throws(NegotiateError) -> SealedMessage {
    guard isComplete, let mechanism else { throw .notComplete }
    guard hasConfidentiality else { throw .noConfidentiality }
    switch mechanism {
    case .kerberos: return try sealForKerberos(text)
    case .ntlm: return try sealForNTLM(text)
    }
  }

  /// In the layout of SSPI's token and data buffers; `gss_wrap` would have another one.
  private borrowing func sealForKerberos(_ text: [UInt8]) throws(NegotiateError) -> SealedMessage {
    var status = GSSStatus(major: 0, minor: 0)
    var isSealed: Int32 = 0
    var data = text
    var message = SealedMessage(signature: [], sealed: [], padding: 0)
    unsafe data.withUnsafeMutableBytes { bytes in
      var parts = unsafe (
        gss_iov_buffer_desc(
          type: gss_shim_allocated(gss_shim_header()), buffer: gss_buffer_desc()),
        gss_iov_buffer_desc(
          type: gss_shim_data(),
          buffer: gss_buffer_desc(length: bytes.count, value: bytes.baseAddress)),
        gss_iov_buffer_desc(
          type: gss_shim_allocated(gss_shim_padding()), buffer: gss_buffer_desc())
      )
      unsafe withUnsafeMutableBytes(of: &parts) { parts in
        let parts = unsafe parts.bindMemory(to: gss_iov_buffer_desc.self)
        status.major = unsafe gss_wrap_iov(
          &status.minor, handle, 1, OM_uint32(GSS_C_QOP_DEFAULT), &isSealed, parts.baseAddress, 3)
        if !status.isError {
          unsafe message.signature = parts[0].bytes
          unsafe message.sealed = parts[1].bytes + parts[2].bytes
          unsafe message.padding = parts[2].buffer.length
        }
        var minor: OM_uint32 = 0
        unsafe gss_release_iov_buffer(&minor, parts.baseAddress, 3)
      }
    }
    guard !status.isError else { throw status.error(Circumstances()) }
    guard isSealed != 0 else { throw .noConfidentiality }
    return message
  }

  /// gss-ntlmssp seals in one piece, its signature first.
  private borrowing func sealForNTLM(_ text: [UInt8]) throws(NegotiateError) -> SealedMessage {
    var status = GSSStatus(major: 0, minor: 0)
    var isSealed: Int32 = 0
    var output = GSSBuffer()
    status.major = unsafe text.withGSSBuffer {
      unsafe gss_wrap(
        &status.minor, handle, 1, OM_uint32(GSS_C_QOP_DEFAULT), &$0, &isSealed, &output.descriptor)
    }
    guard !status.isError else { throw status.error(Circumstances()) }
    guard isSealed != 0 else { throw .noConfidentiality }
    let bytes = output.bytes
    return SealedMessage(
      signature: Array(bytes.prefix(Self.ntlmSignatureLength)),
      sealed: Array(bytes.dropFirst(Self.ntlmSignatureLength)), padding: 0)
  }

  private static let ntlmSignatureLength = 16

  mutating func unseal(signature: [UInt8], sealed: [UInt8]) throws(NegotiateError) -> [UInt8] {
    guard isComplete, let mechanism else { throw .notComplete }
    switch mechanism {
    // 0x60 opens a token of RFC 4757: RC4, where the padding is a buffer of its own.
    case .kerberos where signature.first == 0x60:
      return try unsealRC4(signature: signature, sealed: sealed)
    case .kerberos, .ntlm: return try unseal(signature + sealed)
    }
  }

  private borrowing func unseal(_ message: [UInt8]) throws(NegotiateError) -> [UInt8] {
    var status = GSSStatus(major: 0, minor: 0)
    var isSealed: Int32 = 0
    var output = GSSBuffer()
    status.major = unsafe message.withGSSBuffer {
      unsafe gss_unwrap(&status.minor, handle, &$0, &output.descriptor, &isSealed, nil)
    }
    try Self.check(status, isSealed: isSealed != 0)
    return output.bytes
  }

  private borrowing func unsealRC4(
    signature: [UInt8], sealed: [UInt8]
  ) throws(NegotiateError) -> [UInt8] {
    var status = GSSStatus(major: 0, minor: 0)
    var isSealed: Int32 = 0
    var signature = signature
    var data = sealed
    unsafe signature.withUnsafeMutableBytes { signature in
      unsafe data.withUnsafeMutableBytes { data in
        var parts = unsafe [
          gss_iov_buffer_desc(
            type: gss_shim_header(),
            buffer: gss_buffer_desc(length: signature.count, value: signature.baseAddress)),
          gss_iov_buffer_desc(
            type: gss_shim_data(),
            buffer: gss_buffer_desc(length: data.count, value: data.baseAddress)),
          gss_iov_buffer_desc(type: gss_shim_data(), buffer: gss_buffer_desc()),
        ]
        status.major = unsafe gss_unwrap_iov(
          &status.minor, handle, &isSealed, nil, &parts, Int32(parts.count))
      }
    }
    try Self.check(status, isSealed: isSealed != 0)
    guard data.popLast() == 1 else { throw .tampered }
    return data
  }

  private static func check(_ status: GSSStatus, isSealed: Bool) throws(NegotiateError) {
    guard !status.isError else { throw status.sealingError() }
    guard !status.isOutOfSequence else { throw .outOfSequence }
    guard isSealed else { throw .noConfidentiality }
  }
}

extension gss_iov_buffer_desc {
  var bytes: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: buffer.value, count: buffer.length))
  }
}
