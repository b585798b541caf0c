import CGSSAPI

/// Octets that GSSAPI allocated.
@safe struct GSSBuffer: ~Copyable {
  var descriptor = unsafe gss_buffer_desc()

  deinit {
    var minor: OM_uint32 = 0
    var descriptor = unsafe descriptor
    unsafe gss_release_buffer(&minor, &descriptor)
  }

  var bytes: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: descriptor.value, count: descriptor.length))
  }
}

extension [UInt8] {
  /// Lends the octets as an input of GSSAPI, which only reads them.
  func withGSSBuffer<Result>(_ body: (inout gss_buffer_desc) -> Result) -> Result {
    unsafe withUnsafeBytes { bytes in
      var descriptor = unsafe gss_buffer_desc(
        length: bytes.count, value: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      return unsafe body(&descriptor)
    }
  }
}
