import Foundation

/// A company of machines that are alike, behind WinRM on the loopback: its files.
struct WireCompany: ~Copyable {
  let hosts: Int
  private let folder: TemporaryFolder
  static let user = "MUSTER\\bob"
  /// Made up, like the key.
  static let password = "Correct-Horse-1!"
  static let mak = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"
  /// Windows 10 Enterprise's, as Microsoft publishes it.
  static let clientSetupKey = "NPPR9-FWDCX-D2C8J-H872K-2YT43"
  static let kmsHost = "kms01.bench.example"

  private init(_ folder: consuming TemporaryFolder, hosts: Int) {
    self.folder = folder
    self.hosts = hosts
  }

  static func founded(hosts: Int) throws -> WireCompany {
    let company = WireCompany(try TemporaryFolder(), hosts: hosts)
    setenv("MUSTER_MAK_B7B7B", mak, 1)
    setenv("MUSTER_PASSWORD", password, 1)
    // The company is in no DNS, and libkrb5 would ask it of each host.
    try company.write("krb5.conf", "[libdefaults]\n  dns_canonicalize_hostname = false\n")
    setenv("KRB5_CONFIG", company.file("krb5.conf"), 1)
    try company.write("inventory.csv", inventory(hosts))
    try company.write("hosts.txt", (1...hosts).map { name($0) + ",hq\n" }.joined())
    try company.write("names.txt", (1...hosts).map { name($0) + "\n" }.joined())
    try company.write("users", "MUSTER:bob:\(password)\n")
    chmod(company.file("users"), 0o600)
    try company.makeCertificate()
    try company.write("http.yaml", configuration("kind: simulated"))
    return company
  }

  func file(_ name: String) -> String { "\(folder.path)/\(name)" }

  static func name(_ number: Int) -> String { "pc\(number).bench.example" }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
  }

  /// Writes how the fleet that is served now is reached.
  func point(at fleet: ServedFleet) throws {
    try write(
      "http.yaml",
      Self.configuration(
        "kind: winrm, auth: ntlm, user: 'MUSTER\\bob', secret: 'env:MUSTER_PASSWORD', "
          + "address: '127.0.0.1:\(fleet.http)', concurrency: 128"))
    try write(
      "https.yaml",
      Self.configuration(
        "kind: winrm, auth: basic, user: bob, secret: 'env:MUSTER_PASSWORD', tls: true, "
          + "ca: server.pem, address: '127.0.0.1:\(fleet.https)', concurrency: 128"))
  }

  private static func configuration(_ transport: String) -> String {
    """
    kmsHosts:
      - {name: \(kmsHost), sites: [hq], hostKey: Windows Server 2022, count: 40}
    maks:
      - {endsWith: B7B7B, activationsLeft: 1000000, secret: 'env:MUSTER_MAK_B7B7B'}
    policy: {soak: 0s, waves: [rest], concurrency: 128, maxExposed: 1000}
    transport: {\(transport)}

    """
  }

  private static func inventory(_ hosts: Int) -> String {
    "name,site,editionId,ntVersion,build,productType,channel,partialProductKey,licenseStatus,"
      + "graceMinutes\n"
      + (1...hosts).map { "\(name($0)),hq,Enterprise,10.0,19045,1,mak,B7B7B,1,0\n" }.joined()
  }

  private func makeCertificate() throws {
    let child = try Child(running: [
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2", "-sha256", "-subj",
      "/CN=bench", "-addext", "subjectAltName=DNS:*.bench.example", "-keyout",
      file("server.key"), "-out", file("server.pem"),
    ])
    guard child.status == 0 else { throw Child.Failure(description: "openssl failed") }
  }
}
