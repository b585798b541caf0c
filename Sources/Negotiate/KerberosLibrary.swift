import CGSSAPI
import VolumeActivation

/// A context of libkrb5, with which tickets are fetched before GSSAPI uses them.
///
/// GSSAPI would fetch them itself, but below SPNEGO its error codes are lost, and with them whether
/// a password was wrong or a KDC down.
@safe struct KerberosLibrary: ~Copyable {
  private let context: krb5_context

  init() throws(NegotiateError) {
    var context: krb5_context?
    guard unsafe krb5_init_context(&context) == 0, let context = unsafe context else {
      throw .other("krb5.conf cannot be read")
    }
    unsafe self.context = context
  }

  deinit { unsafe krb5_free_context(context) }

  borrowing func message(_ code: krb5_error_code) -> String {
    guard let text = unsafe krb5_get_error_message(context, code) else { return "error \(code)" }
    defer { unsafe krb5_free_error_message(context, text) }
    return unsafe String(cString: text)
  }

  borrowing func check(_ code: krb5_error_code, _ circumstances: Circumstances)
    throws(NegotiateError)
  {
    guard code != 0 else { return }
    let text = message(code)
    throw KerberosFailure(code: code)?.error(circumstances, text) ?? .other(text)
  }

  /// Seconds since 1970 as the KDC has them, as far as libkrb5 knows.
  borrowing func now() -> Int {
    var time: krb5_timestamp = 0
    _ = unsafe krb5_timeofday(context, &time)
    return Int(UInt32(bitPattern: time))
  }

  /// Lends the principal that `name` writes out.
  private borrowing func withPrincipal<Result>(
    _ name: String, _ circumstances: Circumstances,
    _ body: (krb5_principal) throws(NegotiateError) -> Result
  ) throws(NegotiateError) -> Result {
    var principal: krb5_principal?
    try check(unsafe krb5_parse_name(context, name, &principal), circumstances)
    defer { unsafe krb5_free_principal(context, principal) }
    guard let principal = unsafe principal else { throw .other("\(name) is no principal") }
    return try unsafe body(principal)
  }

  /// Asks the KDC for a ticket-granting ticket.
  borrowing func logOn(
    _ name: String, password: Secret<String>, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    try unsafe withPrincipal(name, circumstances) { principal throws(NegotiateError) in
      var credentials = unsafe krb5_creds()
      defer { unsafe krb5_free_cred_contents(context, &credentials) }
      let code = password.reveal {
        unsafe krb5_get_init_creds_password(
          context, &credentials, principal, $0, nil, nil, 0, nil, nil)
      }
      // Without pre-authentication, the reply cannot be decrypted.
      guard code != KRB5KRB_AP_ERR_BAD_INTEGRITY else { throw .wrongPassword(user: name) }
      try check(code, circumstances)
      return try unsafe keep(&credentials, of: principal, circumstances)
    }
  }

  /// Asks the KDC for a ticket-granting ticket with a key from a file.
  borrowing func logOn(
    _ name: String, keytab path: String, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    try unsafe withPrincipal(name, circumstances) { principal throws(NegotiateError) in
      var keytab: krb5_keytab?
      try check(unsafe krb5_kt_resolve(context, path, &keytab), circumstances)
      defer { unsafe krb5_kt_close(context, keytab) }
      var credentials = unsafe krb5_creds()
      defer { unsafe krb5_free_cred_contents(context, &credentials) }
      let code = unsafe krb5_get_init_creds_keytab(
        context, &credentials, principal, keytab, 0, nil, nil)
      if code != 0, KerberosFailure(code: code) == nil {
        throw .unusableKeytab(path: path, message(code))
      }
      try check(code, circumstances)
      return try unsafe keep(&credentials, of: principal, circumstances)
    }
  }

  /// Puts new credentials into a cache in memory.
  private borrowing func keep(
    _ credentials: inout krb5_creds, of principal: krb5_principal, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    var cache: krb5_ccache?
    try check(unsafe krb5_cc_new_unique(context, "MEMORY", nil, &cache), circumstances)
    guard let cache = unsafe cache else { throw .other("no memory for tickets") }
    defer { unsafe krb5_cc_close(context, cache) }
    try check(unsafe krb5_cc_initialize(context, cache, principal), circumstances)
    try check(unsafe krb5_cc_store_cred(context, cache, &credentials), circumstances)
    return TicketCache(
      name: try unsafe name(of: cache, circumstances),
      end: Int(unsafe UInt32(bitPattern: credentials.times.endtime)), isOurs: true)
  }

  private borrowing func name(
    of cache: krb5_ccache, _ circumstances: Circumstances
  ) throws(NegotiateError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    try check(unsafe krb5_cc_get_full_name(context, cache, &text), circumstances)
    defer { unsafe krb5_free_string(context, text) }
    return unsafe text.map { unsafe String(cString: $0) } ?? ""
  }

  /// The name of the credential cache that KRB5CCNAME or krb5.conf chooses.
  borrowing func defaultCacheName() -> String {
    unsafe krb5_cc_default_name(context).map { unsafe String(cString: $0) } ?? ""
  }

  /// Fetches a ticket for a service with those of a cache, into a cache of its own.
  ///
  /// With 10,000 tickets in it a cache takes 9 ms to look through, and a handshake looks often.
  borrowing func ticket(
    for service: ServiceName, with cacheName: String, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    var cache: krb5_ccache?
    try check(unsafe krb5_cc_resolve(context, cacheName, &cache), circumstances)
    guard let cache = unsafe cache else { throw .noTicket(cacheName) }
    defer { unsafe krb5_cc_close(context, cache) }
    var wanted = unsafe krb5_creds()
    defer { unsafe krb5_free_cred_contents(context, &wanted) }
    try check(unsafe krb5_cc_get_principal(context, cache, &wanted.client), circumstances)
    try check(
      unsafe krb5_sname_to_principal(
        context, service.host, service.service.rawValue, KRB5_NT_SRV_HST, &wanted.server),
      circumstances)
    var found: UnsafeMutablePointer<krb5_creds>?
    let code = unsafe krb5_get_credentials(
      context, krb5_flags(KRB5_GC_NO_STORE), cache, &wanted, &found)
    defer { unsafe krb5_free_creds(context, found) }
    try check(code, circumstances)
    guard let found = unsafe found else { throw .noTicket(cacheName) }
    return try unsafe keep(&found.pointee, of: wanted.client, circumstances)
  }

  /// Wipes a cache in memory.
  borrowing func destroy(cache name: String) {
    var cache: krb5_ccache?
    guard unsafe krb5_cc_resolve(context, name, &cache) == 0, let cache = unsafe cache else {
      return
    }
    unsafe krb5_cc_destroy(context, cache)
  }
}
