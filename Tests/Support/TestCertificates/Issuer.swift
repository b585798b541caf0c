import ChildProcess
import Foundation

/// Makes certificates with the `openssl` command.
struct Issuer {
  private let folder: URL

  init(in folder: URL) throws {
    self.folder = folder
    // The system's settings would make an authority of everything.
    try "[req]\ndistinguished_name = name\n[name]\n"
      .write(toFile: path("openssl.cnf"), atomically: true, encoding: .utf8)
  }

  struct Authority {
    var name: String
    var signature: TestCertificates.Signature
    /// Its own certificate and those above it, without the root's.
    var certificates: String
    var isRoot: Bool
  }

  func authority(
    _ name: String, signature: TestCertificates.Signature, below issuer: Authority? = nil
  ) throws -> Authority {
    try sign(
      name, signature,
      [
        "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign",
      ], by: issuer)
    return Authority(
      name: name, signature: signature, certificates: path("\(name).pem"), isRoot: issuer == nil)
  }

  /// A file with the certificates of several authorities.
  func bundle(_ name: String, of authorities: [Authority]) throws -> String {
    try join(authorities.map(\.certificates), as: "\(name).pem")
  }

  /// - Parameters:
  ///   - host: The name of the hosts that have it, beside those of the loopback.
  ///   - date: When it was made, for a day; nil is now, for a year.
  func server(
    _ name: String, for host: String = TestCertificates.host, by issuer: Authority,
    at date: String? = nil
  ) throws -> TestCertificates.Identity {
    let names = ["DNS:\(host)", "DNS:localhost", "IP:127.0.0.1", "IP:::1"]
    return try identity(
      name,
      ["subjectAltName=" + names.joined(separator: ","), "extendedKeyUsage=serverAuth"],
      by: issuer, at: date)
  }

  func client(_ name: String, by issuer: Authority) throws -> TestCertificates.Identity {
    try identity(name, ["extendedKeyUsage=clientAuth"], by: issuer)
  }

  private func identity(
    _ name: String, _ extensions: [String], by issuer: Authority, at date: String? = nil
  ) throws -> TestCertificates.Identity {
    try sign(name, issuer.signature, extensions, by: issuer, at: date)
    try run(
      "/usr/bin/openssl",
      ["x509", "-in", path("\(name).pem"), "-outform", "DER", "-out", path("\(name).der")])
    let above = issuer.isRoot ? [] : [issuer.certificates]
    return TestCertificates.Identity(
      certificates: try join([path("\(name).pem")] + above, as: "\(name)-chain.pem"),
      key: path("\(name).key"),
      der: Array(try Data(contentsOf: URL(filePath: path("\(name).der")))))
  }

  /// Makes a key and a certificate for it, signed by an issuer or, without one, by itself.
  private func sign(
    _ name: String, _ signature: TestCertificates.Signature, _ extensions: [String],
    by issuer: Authority?, at date: String? = nil
  ) throws {
    let kind =
      switch signature {
      case .rsaSHA256: ["-newkey", "rsa:2048", "-sha256"]
      case .ecdsaSHA384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384"]
      }
    let signer =
      issuer.map { ["-CA", path("\($0.name).pem"), "-CAkey", path("\($0.name).key")] } ?? []
    let command =
      [
        "/usr/bin/openssl", "req", "-x509", "-config", path("openssl.cnf"), "-noenc", "-subj",
        "/CN=\(name)", "-days", date == nil ? "365" : "1", "-keyout", path("\(name).key"), "-out",
        path("\(name).pem"),
      ] + kind + signer + extensions.flatMap { ["-addext", $0] }
    // OpenSSL 3.0 has no option for a day that is over.
    if let date {
      try run("/usr/bin/faketime", [date] + command)
    } else {
      try run(command[0], Array(command.dropFirst()))
    }
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func join(_ paths: [String], as name: String) throws -> String {
    let text = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    return path(name)
  }

  private func run(_ program: String, _ arguments: [String]) throws {
    let saying = try ChildProcess.run([program] + arguments)
    guard saying.ending.code == 0 else { throw Failure(program: program, output: saying.errors) }
  }

  struct Failure: Error {
    var program: String
    var output: String
  }
}
