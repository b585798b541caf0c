import Configuration
import Foundation
import Planning
import Testing
import VolumeActivation

/// What `transport: {kind: winrm}` may say.
struct WinRMTransportTests {
  private func configuration(
    _ keys: String, file: String = "muster.yaml", over weaker: [Configuration.Source] = []
  ) throws -> Configuration {
    try Configuration(
      reading: weaker + [Configuration.Source(file: file, text: "transport: {\(keys)}\n")])
  }

  private func winrm(_ keys: String, file: String = "muster.yaml") throws -> WinRMTransport {
    guard
      case .winrm(let transport) = try configuration("kind: winrm, " + keys, file: file).transport
    else { throw Unexpected() }
    return transport
  }

  private struct Unexpected: Error {}

  @Test func `without further words it is Kerberos with the tickets of kinit, sealed, on 5985`()
    throws
  {
    let transport = try winrm("")
    #expect(transport.logOn == .tickets)
    #expect(transport.service == .http)
    #expect(transport.tls == nil)
    #expect(transport.port == 5985)
    #expect(transport.address == nil)
  }

  @Test func `Kerberos takes a keytab or a password instead`() throws {
    #expect(
      try winrm("user: muster@CORP.EXAMPLE, keytab: muster.keytab", file: "lab/muster.yaml").logOn
        == .keytab(path: "lab/muster.keytab", user: "muster@CORP.EXAMPLE"))
    guard
      case .password(let password, .kerberos) = try winrm(
        "auth: kerberos, user: muster@CORP.EXAMPLE, secret: \"env:P\""
      ).logOn
    else { throw Unexpected() }
    #expect(password.user == "muster@CORP.EXAMPLE")
    #expect(password.secret == .environment("P"))
  }

  @Test(arguments: [
    ("ntlm", WinRMTransport.PasswordMethod.ntlm), ("negotiate", .kerberosOrNTLM),
    ("basic", .basic),
  ])
  func `a password goes to the named method`(
    auth: String, method: WinRMTransport.PasswordMethod
  ) throws {
    let transport = try winrm("auth: \(auth), tls: true, user: muster, secret: \"env:P\"")
    guard case .password(_, method) = transport.logOn else { throw Unexpected() }
    #expect(transport.port == 5986)
    #expect(transport.tls == WinRMTransport.TLS())
  }

  @Test func `files are beside the configuration that names them, wherever the run begins`() throws
  {
    let transport = try winrm(
      "auth: certificate, tls: true, certificate: me.pem, key: /k/me.key, ca: ca.pem",
      file: "/etc/muster/lab.yaml")
    #expect(transport.logOn == .certificate(path: "/etc/muster/me.pem", key: "/k/me.key"))
    #expect(transport.tls?.authorities == "/etc/muster/ca.pem")
    let user = Configuration.Source(
      file: "/home/me/muster.yaml", text: "transport: {kind: winrm, tls: true, ca: ca.pem}\n")
    guard
      case .winrm(let merged) = try configuration(
        "port: 15986", file: "lab/muster.yaml", over: [user]
      ).transport
    else { throw Unexpected() }
    #expect(merged.tls?.authorities == "/home/me/ca.pem")
    #expect(merged.port == 15986)
  }

  @Test func `the rest of the connection is as it is said`() throws {
    let transport = try winrm(
      "tls: true, tlsVerification: off, channelBinding: off, service: WSMAN, port: 443, "
        + "address: \"[::1]:15986\"")
    #expect(transport.tls == WinRMTransport.TLS(isVerified: false, bindsChannel: false))
    #expect(transport.service == .wsman)
    #expect(transport.port == 443)
    #expect(transport.address == WinRMTransport.Address(host: "::1", port: 15986))
  }

  @Test func `the policy's concurrency is its own, and else the transport's`() throws {
    let both = try Configuration(reading: [
      Configuration.Source(
        file: "muster.yaml",
        text: "transport: {kind: winrm, concurrency: 200}\npolicy: {concurrency: 8}\n")
    ])
    #expect((both.concurrency, both.policy.concurrency) == (200, 8))
    let one = try configuration("kind: winrm, concurrency: 200")
    #expect((one.concurrency, one.policy.concurrency) == (200, 200))
    let none = try configuration("kind: winrm")
    #expect((none.concurrency, none.policy.concurrency) == (64, 64))
    let environment = try Configuration(
      reading: [
        Configuration.Source(file: "m.yaml", text: "transport: {kind: winrm, concurrency: 200}\n")
      ], environment: ["MUSTER_CONCURRENCY": "9"])
    #expect((environment.concurrency, environment.policy.concurrency) == (200, 9))
  }

  @Test func `keys of the other kind are unknown beside the kind, and kept for where they fit`()
    throws
  {
    let complaint = try #require(refusal(of: "kind: winrm, fleet: x"))
    #expect(
      complaint.hasPrefix("muster.yaml:1:26: unknown key “fleet” in transport"), "\(complaint)")
    let user = Configuration.Source(
      file: "user.yaml", text: "transport: {kind: winrm, auth: kerberos}\n")
    guard case .simulated = try configuration("kind: simulated", over: [user]).transport else {
      throw Unexpected()
    }
  }

  private func refusal(of keys: String) -> String? {
    do {
      _ = try configuration(keys)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static let account = "user: muster, secret: \"env:P\""

  /// Keys beside `kind: winrm, `, the column of the mistake, and words of the message.
  static let mistakes: [(String, Int, String)] = [
    ("auth: digest", 32, "not kerberos or ntlm or negotiate or basic or certificate"),
    (
      "auth: basic, \(account)", 32,
      "only HTTPS may carry a password in plain text. Add `tls: true`"
    ),
    ("auth: certificate, certificate: a, key: b", 32, "a client certificate. Add `tls: true`"),
    ("auth: ntlm, secret: \"env:P\"", 32, "transport has no user. Name the account"),
    ("auth: ntlm, user: muster", 32, "transport has no secret. Say where the password is"),
    ("auth: negotiate, user: \"\", secret: \"env:P\"", 49, "not the name of an account"),
    ("auth: ntlm, user: muster, secret: hunter2", 60, "none of env:NAME, file:PATH and command"),
    ("auth: ntlm, keytab: k, \(account)", 46, "keytab means nothing with `auth: ntlm`"),
    ("auth: basic, tls: true, service: HTTP, \(account)", 59, "service means nothing"),
    ("auth: certificate, tls: true, \(account)", 62, "user means nothing with `auth: certificate`"),
    ("auth: certificate, tls: true, key: k", 32, "transport has no certificate. Name the PEM file"),
    ("auth: certificate, tls: true, certificate: c", 32, "transport has no key. Name the PEM file"),
    ("auth: certificate, tls: true, certificate: c, key: \"\"", 77, "not the path of a file"),
    ("certificate: c, key: k", 39, "certificate means nothing with `auth: kerberos`"),
    ("user: muster, secret: \"env:P\"", 32, "names no Kerberos realm. Write it as user@REALM"),
    ("user: muster@CORP", 32, "the ticket cache says who it is. Add one of the two, or remove"),
    ("keytab: k", 12, "transport has no user. Name the keytab's principal"),
    ("user: m@C, keytab: k, secret: \"env:P\"", 45, "a keytab and a secret. Keep the one"),
    ("tls: maybe", 31, "not true or false"),
    ("ca: ca.pem", 30, "ca means nothing without TLS. Add `tls: true`"),
    ("tlsVerification: off", 43, "tlsVerification means nothing without TLS"),
    ("channelBinding: on", 42, "channelBinding means nothing without TLS"),
    ("tls: true, ca: c, tlsVerification: off", 41, "nobody looks at authorities"),
    ("tls: true, tlsVerification: false", 54, "not on or off"),
    ("tls: true, channelBinding: 1", 53, "not on or off"),
    ("service: CIFS", 35, "not HTTP or WSMAN or HOST"),
    ("port: 0", 32, "a whole number from 1 to 65535"),
    ("address: 127.0.0.1", 35, "not an address such as 127.0.0.1:15985"),
    ("address: \":5985\"", 35, "not an address"),
    ("address: \"http://x:5985\"", 35, "not an address"),
    ("concurrency: 0", 39, "a whole number from 1 to 100000"),
    ("verify: false", 26, "unknown key “verify” in transport"),
  ]

  @Test(arguments: mistakes)
  func `a mistake gets its line, its reason and a remedy`(
    keys: String, column: Int, words: String
  ) throws {
    let complaint = try #require(refusal(of: "kind: winrm, " + keys))
    #expect(complaint.hasPrefix("muster.yaml:1:\(column): "), "\(complaint)")
    #expect(complaint.contains(words), "\(complaint)")
    #expect(!complaint.contains("hunter2"))
  }

  @Test func `a password is fetched as it stands, and never shown`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "muster-password-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "password.txt")
    try Data(" hunter 2 \r\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    func password(_ source: String) throws -> String {
      let configuration = try configuration(
        "kind: winrm, auth: ntlm, user: muster, secret: \"\(source)\"",
        file: folder.appending(path: "muster.yaml").path)
      guard case .winrm(let transport) = configuration.transport,
        case .password(let password, _) = transport.logOn
      else { throw Unexpected() }
      return try configuration.password(password, environment: ["P": " hunter 2 ", "N": ""])
        .reveal { $0 }
    }
    #expect(try password("file:password.txt") == " hunter 2 ")
    #expect(try password("env:P") == " hunter 2 ")
    #expect(try password("command:echo ' hunter 2 '; echo more") == " hunter 2 ")
    #expect(throws: InputError.self) { try password("env:N") }
    #expect(throws: InputError.self) { try password("command:true") }
  }
}
