import Crypto
import Foundation
import Negotiate
import TestRealm
import Testing

@Suite struct ChannelBindingTests {
  private let right = ChannelBinding(certificate: Array("this certificate".utf8))
  private let wrong = ChannelBinding(certificate: Array("another certificate".utf8))

  @Test(arguments: Mechanism.allCases, [ChannelBindingHardening.relaxed, .strict])
  func `the right binding is accepted`(
    mechanism: Mechanism, hardening: ChannelBindingHardening
  ) throws {
    let pair = try Pair(
      Fixture.credential(for: mechanism), keys: Fixture.keys, binding: right, hostBinding: right,
      hardening: hardening)
    #expect(pair.outcome.isComplete)
  }

  @Test(arguments: Mechanism.allCases, [ChannelBindingHardening.relaxed, .strict])
  func `a wrong binding is refused`(
    mechanism: Mechanism, hardening: ChannelBindingHardening
  ) throws {
    #expect(throws: NegotiateError.wrongChannelBinding) {
      _ = try Pair(
        Fixture.credential(for: mechanism), keys: Fixture.keys, binding: wrong, hostBinding: right,
        hardening: hardening)
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `no binding is refused by a strict host alone`(mechanism: Mechanism) throws {
    let credential = Fixture.credential(for: mechanism)
    #expect(try Pair(credential, keys: Fixture.keys, hostBinding: right).outcome.isComplete)
    #expect(throws: NegotiateError.missingChannelBinding) {
      _ = try Pair(credential, keys: Fixture.keys, hostBinding: right, hardening: .strict)
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `a host without hardening takes any binding`(mechanism: Mechanism) throws {
    let pair = try Pair(
      Fixture.credential(for: mechanism), keys: Fixture.keys, binding: wrong, hostBinding: right,
      hardening: .none)
    #expect(pair.outcome.isComplete)
  }

  @Test(arguments: [
    ("rsa:2048", ["-sha256"], 32), ("rsa:2048", ["-sha1"], 32), ("rsa:2048", ["-sha384"], 48),
    ("rsa:2048", ["-sha512"], 64), ("ec", ["-sha256"], 32), ("ec", ["-sha384"], 48),
    ("ec", ["-sha512"], 64), ("ed25519", [], 32),
    ("rsa:2048", ["-sha512", "-sigopt", "rsa_padding_mode:pss"], 32),
  ])
  func `the hash is that of the certificate's signature`(
    key: String, options: [String], length: Int
  ) throws {
    let name = "\(UUID().uuidString).der"
    let curve = key == "ec" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : []
    try Fixture.realm.run(
      "/usr/bin/openssl",
      ["req", "-x509", "-newkey", key, "-noenc", "-subj", "/CN=pc01", "-outform", "DER"] + curve
        + options + ["-keyout", "/dev/null", "-out", Fixture.realm.path(name)])
    let certificate = Array(try Data(contentsOf: URL(filePath: Fixture.realm.path(name))))
    let hash: [UInt8] =
      switch length {
      case 48: Array(SHA384.hash(data: certificate))
      case 64: Array(SHA512.hash(data: certificate))
      case _: Array(SHA256.hash(data: certificate))
      }
    #expect(
      ChannelBinding(certificate: certificate).applicationData
        == Array("tls-server-end-point:".utf8) + hash)
  }
}
