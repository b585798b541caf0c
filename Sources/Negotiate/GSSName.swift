import CGSSAPI

/// A name that GSSAPI understands.
@safe struct GSSName: ~Copyable {
  private(set) var pointer: gss_name_t?

  init(_ service: ServiceName) throws(NegotiateError) {
    try unsafe self.init(service.hostBased, gss_shim_service_name())
  }

  init(user: String) throws(NegotiateError) {
    try unsafe self.init(user, gss_shim_user_name())
  }

  private init(_ text: String, _ kind: gss_OID) throws(NegotiateError) {
    var status = GSSStatus(major: 0, minor: 0)
    var name: gss_name_t?
    status.major = unsafe Array(text.utf8).withGSSBuffer {
      unsafe gss_import_name(&status.minor, &$0, kind, &name)
    }
    guard !status.isError else { throw status.error(Circumstances()) }
    unsafe pointer = name
  }

  deinit {
    var minor: OM_uint32 = 0
    var pointer = unsafe pointer
    unsafe gss_release_name(&minor, &pointer)
  }
}
