import Negotiate
import Randomness
import TestRealm
import Testing
import VolumeActivation

/// What a host can do with the message that gss-ntlmssp reads before anything is proven.
@Suite struct NTLMChallengeTests {
  private static let beginning = Array("NTLMSSP\0\u{2}\0\0\0".utf8)

  /// A handshake up to the host's challenge, and where in that NTLM's message begins.
  private func challenge(
    to client: inout InitiatorContext
  ) throws -> (token: [UInt8], start: Int) {
    var host = try AcceptorContext(
      Fixture.ntlmKeys, as: Pair.service, binding: nil, hardening: .relaxed)
    let greeting = try #require(try client.step(nil))
    let token = try #require(try host.step(greeting))
    return (token, try #require(token.firstRange(of: Self.beginning)).lowerBound)
  }

  @Test func `a challenge whose target has no name is refused`() throws {
    var client = try InitiatorContext(
      Fixture.credential(for: .ntlm), to: Pair.service, binding: nil)
    var (token, start) = try challenge(to: &client)
    token[start + 12] = 0
    token[start + 13] = 0
    #expect(
      throws: NegotiateError.malformedToken("NTLM's challenge is of a machine without a name")
    ) { try client.step(token) }
  }

  @Test func `names that are cut off are refused`() throws {
    var client = try InitiatorContext(
      Fixture.credential(for: .ntlm), to: Pair.service, binding: nil)
    var (token, start) = try challenge(to: &client)
    token[start + 41] = 0x7F
    #expect(
      throws: NegotiateError.malformedToken("NTLM's challenge has names that are cut off")
    ) { try client.step(token) }
  }

  @Test func `five thousand mutated challenges are each refused or answered`() throws {
    let credential = Fixture.credential(for: .ntlm)
    var first = try InitiatorContext(credential, to: Pair.service, binding: nil)
    let (token, start) = try challenge(to: &first)
    var outcomes = (answered: 0, refused: 0)
    for seed in UInt64(0)..<5000 {
      var generator = SplitMix64(seed: seed)
      var client = try InitiatorContext(credential, to: Pair.service, binding: nil)
      _ = try client.step(nil)
      // SPNEGO's own lengths stay as they are in every other one, so that NTLM is reached.
      let mutant =
        seed.isMultiple(of: 2)
        ? generator.mutate(token) : token[..<start] + generator.overwrite(Array(token[start...]))
      do {
        _ = try client.step(mutant)
        outcomes.answered += 1
      } catch {
        outcomes.refused += 1
      }
    }
    #expect(outcomes.answered > 500 && outcomes.refused > 2000, "\(outcomes)")
  }
}
