import Planning

/// The keys of `transport: {kind: winrm}`, read and held against each other.
struct WinRMSettings {
  enum Key: String, CaseIterable {
    case auth, user, secret, keytab, certificate, key, tls, ca, tlsVerification, channelBinding
    case service, port, address
  }

  private enum Method: String, CaseIterable {
    case kerberos, ntlm, negotiate, basic, certificate

    /// The keys that say who logs on, and those alone that mean something with it.
    var keys: Set<Key> {
      switch self {
      case .kerberos: [.user, .secret, .keytab, .service, .channelBinding]
      case .ntlm, .negotiate: [.user, .secret, .service, .channelBinding]
      case .basic: [.user, .secret]
      case .certificate: [.certificate, .key]
      }
    }

    var needsTLS: Bool {
      switch self {
      case .kerberos, .ntlm, .negotiate: false
      case .basic, .certificate: true
      }
    }
  }

  private let values: [Key: YAMLValue]
  private let place: InputError.Place

  init(_ values: [String: YAMLValue], _ place: InputError.Place) {
    self.values = values.reduce(into: [:]) { values, entry in
      if let key = Key(rawValue: entry.key) { values[key] = entry.value }
    }
    self.place = place
  }

  func transport() throws(InputError) -> WinRMTransport {
    let method: Method = try word(.auth) ?? .kerberos
    try refuseStrangers(to: method)
    let hasTLS = try values[.tls]?.flag() ?? false
    guard hasTLS || !method.needsTLS else {
      let what = method == .basic ? "a password in plain text" : "a client certificate"
      throw error(.auth, "only HTTPS may carry \(what)", remedy: "Add `tls: true`")
    }
    let port = try values[.port]?.number(1...65_535)
    return WinRMTransport(
      logOn: try logOn(method), service: try word(.service) ?? .http,
      tls: try hasTLS ? tls() : withoutTLS(),
      port: port.map { UInt16($0) } ?? WinRMTransport.defaultPort(tls: hasTLS),
      address: try address(), place: place)
  }

  // MARK: Who logs on

  private func refuseStrangers(to method: Method) throws(InputError) {
    let ofLogOn = Method.allCases.reduce(into: Set<Key>()) { $0.formUnion($1.keys) }
    for key in Key.allCases where ofLogOn.subtracting(method.keys).contains(key) {
      guard values[key] != nil else { continue }
      throw error(
        key, "\(key.rawValue) means nothing with `auth: \(method.rawValue)`",
        remedy: "Remove it, or choose another auth")
    }
  }

  private func logOn(_ method: Method) throws(InputError) -> WinRMTransport.LogOn {
    switch method {
    case .kerberos: return try kerberos()
    case .ntlm: return .password(try password(method), .ntlm)
    case .negotiate: return .password(try password(method), .kerberosOrNTLM)
    case .basic: return .password(try password(method), .basic)
    case .certificate:
      return .certificate(
        path: try path(.certificate, or: "Name the PEM file of the client certificate"),
        key: try path(.key, or: "Name the PEM file of the certificate's private key"))
    }
  }

  private func kerberos() throws(InputError) -> WinRMTransport.LogOn {
    if let user = values[.user] {
      guard try user.text().dropFirst().contains("@") else {
        throw user.error("the user names no Kerberos realm", remedy: "Write it as user@REALM")
      }
    }
    switch (values[.keytab], values[.secret]) {
    case (nil, nil):
      guard values[.user] == nil else {
        throw error(
          .user, "a user without secret or keytab means nothing: the ticket cache says who it is",
          remedy: "Add one of the two, or remove the user and run `kinit`")
      }
      return .tickets
    case (.some, .some):
      throw error(
        .keytab, "there are a keytab and a secret", remedy: "Keep the one that is to be used")
    case (nil, .some): return .password(try password(.kerberos), .kerberos)
    case (.some, nil):
      return .keytab(
        path: try path(.keytab, or: ""),
        user: try required(.user, "Name the keytab's principal, as user@REALM").text())
    }
  }

  private func password(_ method: Method) throws(InputError) -> WinRMTransport.Password {
    let user = try required(.user, "Name the account, as `auth: \(method.rawValue)` needs it")
    let secret = try required(
      .secret, "Say where the password is: env:NAME, file:PATH or command:COMMAND")
    guard !(try user.text()).isEmpty else { throw user.mismatch("the name of an account") }
    guard let source = SecretSource(try secret.text()) else {
      // What stands there may be the password itself, so it is not repeated.
      throw secret.error(
        "\(secret.path) is none of env:NAME, file:PATH and command:COMMAND",
        remedy: "Say where the password is; the password itself does not belong into this file")
    }
    return WinRMTransport.Password(
      user: try user.text(), secret: source, place: secret.place)
  }

  // MARK: The connection

  private func tls() throws(InputError) -> WinRMTransport.TLS {
    let isVerified = try onOrOff(.tlsVerification) ?? true
    if !isVerified, values[.ca] != nil {
      throw error(
        .ca, "nobody looks at authorities when tlsVerification is off",
        remedy: "Remove tlsVerification, which the ca makes needless")
    }
    return WinRMTransport.TLS(
      authorities: try values[.ca].map { _ throws(InputError) in try path(.ca, or: "") },
      isVerified: isVerified, bindsChannel: try onOrOff(.channelBinding) ?? true)
  }

  private func withoutTLS() throws(InputError) -> WinRMTransport.TLS? {
    for key in [Key.ca, .tlsVerification, .channelBinding] where values[key] != nil {
      throw error(
        key, "\(key.rawValue) means nothing without TLS",
        remedy: "Add `tls: true`, or remove it")
    }
    return nil
  }

  private func address() throws(InputError) -> WinRMTransport.Address? {
    guard let value = values[.address] else { return nil }
    let text = try value.text()
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
      port > 0
    else { throw value.mismatch("an address such as 127.0.0.1:15985") }
    var host = text[..<colon]
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, host.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "/" }) else {
      throw value.mismatch("an address such as 127.0.0.1:15985")
    }
    return WinRMTransport.Address(host: String(host), port: port)
  }

  // MARK: Values

  private func error(_ key: Key, _ problem: String, remedy: String) -> InputError {
    InputError(.input, at: values[key]?.place ?? place, problem, remedy: remedy)
  }

  private func required(_ key: Key, _ remedy: String) throws(InputError) -> YAMLValue {
    guard let value = values[key] else {
      let at = values[.auth]?.place ?? place
      throw InputError(.input, at: at, "transport has no \(key.rawValue)", remedy: remedy)
    }
    return value
  }

  /// A file's path; a relative one starts from the folder of the configuration that names it.
  private func path(_ key: Key, or remedy: String) throws(InputError) -> String {
    let value = try required(key, remedy)
    let path = try value.text()
    guard !path.isEmpty else { throw value.mismatch("the path of a file") }
    return Configuration(file: value.file).path(path)
  }

  private func onOrOff(_ key: Key) throws(InputError) -> Bool? {
    guard let value = values[key] else { return nil }
    switch try value.text() {
    case "on": return true
    case "off": return false
    default: throw value.mismatch("on or off")
    }
  }

  private func word<Word>(_ key: Key) throws(InputError) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    guard let value = values[key] else { return nil }
    guard let word = Word(rawValue: try value.text()) else {
      throw value.mismatch(Word.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return word
  }
}
