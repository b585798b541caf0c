import Negotiate
import TestRealm
import Testing

@Suite struct SealingTests {
  @Test(arguments: Mechanism.allCases)
  func `a handshake ends with both sides known to each other`(mechanism: Mechanism) throws {
    let pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)

    #expect(pair.outcome.isComplete)
    #expect(pair.outcome.mechanism == mechanism)
    #expect(pair.outcome.hasConfidentiality)
    switch mechanism {
    case .kerberos: #expect(pair.outcome.clientName == "alice@MUSTER.TEST")
    case .ntlm: #expect(pair.outcome.clientName == "MUSTER\\bob")
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `texts of any size go both ways`(mechanism: Mechanism) throws {
    var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    for size in Array(1...70) + [1023, 1024, 1025, 16_384, 65_535, 65_536, 204_800] {
      let text = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ size) }
      let question = try pair.client.seal(text)
      let asked = try pair.host.unseal(question)
      #expect(asked == text)
      let answer = try pair.host.seal(text)
      let answered = try pair.client.unseal(answer)
      #expect(answered == text)
      #expect(size < 8 || question.sealed != text)
    }
  }

  @Test(arguments: [(Mechanism.kerberos, 60), (.ntlm, 16)])
  func `signatures are as long as SSPI's`(mechanism: Mechanism, length: Int) throws {
    var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    for size in [1, 15, 16, 17, 5000] {
      let message = try pair.client.seal(Array(repeating: 7, count: size))
      #expect(message.signature.count == length)
      #expect(message.sealed.count == size)
      #expect(message.padding == 0)
    }
  }

  @Test func `Kerberos tokens are rotated as SSPI rotates them`() throws {
    var pair = try Pair(Fixture.credential(for: .kerberos), keys: Fixture.keys)
    let question = try pair.client.seal([1])
    let answer = try pair.host.seal([1])
    #expect(question.signature.prefix(8) == [5, 4, 6, 0xFF, 0, 0, 0, 0x1C])
    #expect(answer.signature.prefix(8) == [5, 4, 7, 0xFF, 0, 0, 0, 0x1C])
  }

  @Test func `the padding of RC4 is counted, sent and cut off`() async {
    await #expect(processExitsWith: .success) {
      let keys = AcceptorKeys(keytab: TestRealm.old.keytab, ntlmUserFile: nil)
      var pair = try Pair(Fixture.credential(for: .kerberos), keys: keys)
      for size in [0, 1, 7, 8, 9, 100, 1223, 70_000] {
        let text = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let message = try pair.client.seal(text)
        try #require(message.signature.first == 0x60)
        #expect(message.padding == 1)
        #expect(message.sealed.count == size + 1)
        let asked = try pair.host.unseal(message)
        #expect(asked == text)
        let answer = try pair.host.seal(text)
        let answered = try pair.client.unseal(answer)
        #expect(answered == text)

        var changed = try pair.host.seal(text)
        changed.sealed[size / 2] ^= 1
        #expect(throws: NegotiateError.tampered) { try pair.client.unseal(changed) }
        changed.sealed[size / 2] ^= 1
        let repaired = try pair.client.unseal(changed)
        #expect(repaired == text)
      }
      let long = try pair.client.seal(Array(repeating: 0, count: 1223))
      #expect(long.signature.count == 47)
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `a changed octet anywhere is noticed`(mechanism: Mechanism) throws {
    let text = Array("<s:Envelope/>".utf8)
    let length = mechanism == .kerberos ? 60 : 16
    for position in 0..<(length + text.count) {
      var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
      let message = try pair.client.seal(text)
      var octets = message.signature + message.sealed
      octets[position] ^= 0x10
      #expect(throws: NegotiateError.self, "octet \(position)") {
        try pair.host.unseal(
          signature: Array(octets.prefix(length)), sealed: Array(octets.dropFirst(length)))
      }
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `a message of another connection is not read`(mechanism: Mechanism) throws {
    var first = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    var second = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    let message = try first.client.seal([1, 2, 3])
    #expect(throws: NegotiateError.tampered) {
      try second.host.unseal(message)
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `a message that comes twice is noticed`(mechanism: Mechanism) throws {
    var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    let message = try pair.client.seal([1, 2, 3])
    _ = try pair.host.unseal(message)
    #expect(throws: NegotiateError.self) {
      try pair.host.unseal(message)
    }
  }

  @Test(arguments: Mechanism.allCases)
  func `a message that is left out is noticed`(mechanism: Mechanism) throws {
    var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
    _ = try pair.client.seal([1])
    let message = try pair.client.seal([2])
    #expect(throws: NegotiateError.self) {
      try pair.host.unseal(message)
    }
  }

  @Test func `nothing is sealed or read before the handshake is over`() throws {
    var client = try InitiatorContext(
      Fixture.credential(for: .ntlm), to: Pair.service, binding: nil)
    _ = try client.step(nil)
    let isComplete = client.isComplete
    #expect(!isComplete)
    #expect(throws: NegotiateError.notComplete) { try client.seal([1]) }
    #expect(throws: NegotiateError.notComplete) {
      try client.unseal(signature: [1], sealed: [2])
    }
  }

  @Test(arguments: [0, 1, 15, 16, 59, 60, 61])
  func `rubbish of any length is refused`(length: Int) throws {
    for mechanism in Mechanism.allCases {
      for first: UInt8 in [0, 1, 5, 0x60] {
        var pair = try Pair(Fixture.credential(for: mechanism), keys: Fixture.keys)
        var signature = [UInt8](repeating: 0xAA, count: length)
        if length > 0 { signature[0] = first }
        #expect(throws: NegotiateError.self) {
          try pair.client.unseal(signature: signature, sealed: [1, 2, 3])
        }
      }
    }
  }
}
