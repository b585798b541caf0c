import Foundation

/// An authority and what it signed, made by the `openssl` command in a folder that goes with the
/// process.
package struct TestCertificates: Sendable {
  package static let shared = make()

  private static func make() -> TestCertificates {
    do { return try TestCertificates() } catch { fatalError("no test certificates: \(error)") }
  }

  private static let folder = FileManager.default.temporaryDirectory
    .appending(path: "certificates-\(UUID().uuidString)")

  /// What a server or a client has; the files are PEM.
  package struct Identity: Sendable {
    /// Its own certificate and, behind it, those between it and the authority.
    package var certificates: String
    package var key: String
    /// Its own certificate in DER form.
    package var der: [UInt8]
  }

  /// What a certificate is signed with.
  package enum Signature: CaseIterable, Sendable {
    case rsaSHA256
    case ecdsaSHA384
  }

  /// The authority's certificate, a PEM file.
  package var authority: String
  /// An authority that signed nothing here.
  package var strangeAuthority: String
  /// Servers for `pc01.muster.test`, `localhost` and the loopback addresses.
  package var server: Identity
  /// One that is signed with SHA-384.
  package var ellipticServer: Identity
  /// One that an authority below the authority signed.
  package var chainedServer: Identity
  package var expiredServer: Identity
  /// One that all hosts of `muster.test` share.
  package var fleet: Identity
  /// A client, `alice`.
  package var client: Identity

  package static let host = "pc01.muster.test"

  package func server(_ signature: Signature) -> Identity {
    switch signature {
    case .rsaSHA256: server
    case .ecdsaSHA384: ellipticServer
    }
  }

  private init() throws {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: TestCertificates.folder) }
    let issuer = try Issuer(in: Self.folder)
    let root = try issuer.authority("root", signature: .rsaSHA256)
    let elliptic = try issuer.authority("elliptic", signature: .ecdsaSHA384)
    let middle = try issuer.authority("middle", signature: .rsaSHA256, below: root)
    authority = try issuer.bundle("authorities", of: [root, elliptic])
    strangeAuthority = try issuer.authority("strange", signature: .rsaSHA256).certificates
    server = try issuer.server("server", by: root)
    ellipticServer = try issuer.server("elliptic-server", by: elliptic)
    chainedServer = try issuer.server("chained-server", by: middle)
    expiredServer = try issuer.server("expired-server", by: root, at: "2020-01-01 00:00:00")
    fleet = try issuer.server("fleet", for: "*.muster.test", by: root)
    client = try issuer.client("alice", by: root)
  }
}
