import Configuration
import Curl
import Foundation
import Negotiate
import Planning
import VolumeActivation
import WSManSession
import WindowsLicensing

extension HostAccess {
  /// What the configuration says of real hosts, with the password fetched from where it is kept.
  ///
  /// One credential serves all hosts: the KDC is asked for a ticket-granting ticket once, however
  /// many connections there will be.
  init(
    _ transport: WinRMTransport, _ configuration: Configuration, _ log: RequestLog?
  ) throws {
    try transport.checkFiles()
    if transport.tls?.isVerified == false {
      Console.say(
        Paragraph(
          "muster: WARNING: tlsVerification is off in \(configuration.file): whoever stands between "
            + "can pose as a host. Name the authority with `ca:` instead."
        ).text)
    }
    let template = Endpoint(transport)
    let authentication = try Self.authentication(transport, configuration)
    self.init(
      endpoint: { host in
        var endpoint = template
        endpoint.host = host.rawValue
        return endpoint
      }, authentication: authentication, observe: { log?.note($0) })
  }

  private static func authentication(
    _ transport: WinRMTransport, _ configuration: Configuration
  ) throws -> @Sendable (HostName) -> Authentication {
    let credential: Credential
    switch transport.logOn {
    case .certificate: return { _ in .certificate }
    case .tickets: credential = .cache()
    case .keytab(let path, let user): credential = .keytab(path, principal: user)
    case .password(let account, let method):
      let password = try configuration.password(
        account, environment: ProcessInfo.processInfo.environment)
      guard let mechanisms = method.mechanisms else {
        return { _ in .basic(user: account.user, password) }
      }
      credential = .password(password, of: UserName(account.user), mechanisms: mechanisms)
    }
    let service = ServiceName.Service(transport.service)
    let bindsChannel = transport.tls?.bindsChannel ?? true
    return { host in
      .negotiate(
        credential, ServiceName(service, host: host.rawValue), bindsChannel: bindsChannel)
    }
  }
}

extension Endpoint {
  /// Where hosts listen, all but their names.
  fileprivate init(_ transport: WinRMTransport) {
    var trust = Trust()
    if let tls = transport.tls {
      trust.authorities = tls.authorities
      trust.isVerified = tls.isVerified
    }
    if case .certificate(let path, let key) = transport.logOn {
      trust.certificate = ClientCertificate(certificate: path, key: key)
    }
    self.init(
      scheme: transport.tls == nil ? .http : .https, host: "", port: transport.port,
      address: transport.address.map { Address(host: $0.host, port: $0.port) }, trust: trust)
  }
}

extension WinRMTransport {
  /// Without them no host could be reached, and each would say so.
  fileprivate func checkFiles() throws {
    var files = [tls?.authorities].compactMap(\.self)
    switch logOn {
    case .keytab(let path, _): files.append(path)
    case .certificate(let path, let key): files += [path, key]
    case .tickets, .password: break
    }
    for file in files where access(file, R_OK) != 0 {
      throw InputError(
        .input, at: place, "\(file) cannot be read: \(String(cString: strerror(errno)))",
        remedy: "Check its path, which is relative to the configuration, and your rights to it")
    }
  }
}

extension WinRMTransport.PasswordMethod {
  /// What SPNEGO may choose from; nil where it is not used.
  fileprivate var mechanisms: Set<Mechanism>? {
    switch self {
    case .kerberos: [.kerberos]
    case .ntlm: [.ntlm]
    case .kerberosOrNTLM: [.kerberos, .ntlm]
    case .basic: nil
    }
  }
}

extension ServiceName.Service {
  fileprivate init(_ service: WinRMTransport.Service) {
    switch service {
    case .http: self = .http
    case .wsman: self = .wsman
    case .host: self = .host
    }
  }
}
