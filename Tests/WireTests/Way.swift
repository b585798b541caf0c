import FrontDoor
import TestCertificates
import TestRealm

/// A way in that Windows has, and what a person writes to take it.
enum Way: CaseIterable, Sendable {
  case kerberosByPassword, kerberosByTickets, kerberosByKeytab, ntlm
  case kerberosOverHTTPS, ntlmOverHTTPS, basicOverHTTPS, certificateOverHTTPS

  var isHTTPS: Bool {
    switch self {
    case .kerberosByPassword, .kerberosByTickets, .kerberosByKeytab, .ntlm: false
    case .kerberosOverHTTPS, .ntlmOverHTTPS, .basicOverHTTPS, .certificateOverHTTPS: true
    }
  }

  /// Who logs on, and how, as `transport` says it.
  private func logOn() throws -> String {
    switch self {
    case .kerberosByPassword, .kerberosOverHTTPS:
      "auth: kerberos, user: alice@\(TestRealm.name), secret: \"env:MUSTER_PASSWORD\""
    case .kerberosByTickets: "auth: kerberos"
    case .kerberosByKeytab:
      "auth: kerberos, user: carol@\(TestRealm.name), keytab: \(try Self.carol.get())"
    case .ntlm, .ntlmOverHTTPS:
      #"auth: ntlm, user: "MUSTER\\bob", secret: "env:MUSTER_PASSWORD""#
    case .basicOverHTTPS: "auth: basic, user: bob, secret: \"env:MUSTER_PASSWORD\""
    case .certificateOverHTTPS:
      "auth: certificate, certificate: \(TestCertificates.shared.client.certificates), "
        + "key: \(TestCertificates.shared.client.key)"
    }
  }

  /// Somebody who logs on with a key in a file.
  private static let carol = Result {
    let keytab = TestRealm.shared.path("carol.keytab")
    try TestRealm.shared.addService("carol", to: keytab)
    return keytab
  }

  /// What stands in `transport`, for a door at a port of the loopback.
  func transport(port: UInt16) throws -> String {
    let tls = isHTTPS ? ", tls: true, ca: \(TestCertificates.shared.authority)" : ""
    return "address: \"127.0.0.1:\(port)\", \(try logOn())\(tls)"
  }

  /// What the environment has for it.
  func environment() throws -> [String: String] {
    switch self {
    case .kerberosByTickets: ["KRB5CCNAME": try TestRealm.shared.logOn("alice")]
    case .kerberosByKeytab, .certificateOverHTTPS: [:]
    case .kerberosByPassword, .ntlm, .kerberosOverHTTPS, .ntlmOverHTTPS, .basicOverHTTPS:
      ["MUSTER_PASSWORD": TestRealm.password]
    }
  }

  func listener() throws -> FrontDoor.Listener {
    guard isHTTPS else { return FrontDoor.Listener() }
    let certificates = TestCertificates.shared
    return FrontDoor.Listener(
      tls: try TLSIdentity(
        certificates: certificates.fleet.certificates, key: certificates.fleet.key,
        clientAuthority: certificates.authority))
  }
}
