/// What a host checks its clients with.
package struct AcceptorKeys: Sendable {
  /// The file with the Kerberos keys of its service; nil for no Kerberos.
  package var keytab: String?
  /// The file with users and passwords, `DOMAIN:user:password` to a line; nil for no NTLM.
  package var ntlmUserFile: String?

  package init(keytab: String?, ntlmUserFile: String?) {
    precondition(keytab != nil || ntlmUserFile != nil, "nobody can be accepted")
    self.keytab = keytab
    self.ntlmUserFile = ntlmUserFile
  }
}

extension AcceptorKeys {
  var mechanisms: Set<Mechanism> {
    var mechanisms: Set<Mechanism> = []
    if keytab != nil { mechanisms.insert(.kerberos) }
    if ntlmUserFile != nil { mechanisms.insert(.ntlm) }
    return mechanisms
  }
}
