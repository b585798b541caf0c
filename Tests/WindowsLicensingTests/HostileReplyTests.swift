import Curl
import Foundation
import Negotiate
import Randomness
import Synchronization
import TestRealm
import Testing
import WSMan
import WSManSession

/// Whatever a host answers, over the real wire and under real seals, it is a value or an error, in
/// bounded memory.
@Suite struct HostileReplyTests {
  @Test func `each attack is an error, and the next question is answered`() async throws {
    let victim = try await Victim()
    for attack in Attack.all {
      try await victim.check(attack)
    }
    try await victim.host.stop()
  }

  @Test func `an answer of before, or of another connection, is no answer`() async throws {
    let victim = try await Victim()
    let recorded = Mutex<[UInt8]>([])
    let record = Spoiling.frame { message in
      recorded.withLock { $0 = message.body }
      return message.body
    }
    let replay = Spoiling.frame { _ in recorded.withLock { $0 } }
    #expect(try await victim.ask(record) == Victim.truth)
    await #expect(throws: SessionError.self) { try await victim.ask(replay) }
    // That ended the connection, so this one has another context.
    await #expect(throws: SessionError.self) { try await victim.ask(replay) }
    try await victim.host.stop()
  }

  @Test func `what follows an answer is not taken for the next one`() async throws {
    let victim = try await Victim()
    let twice = Spoiling(answer: { $0 + $0 })
    for _ in 0..<3 { #expect(try await victim.ask(twice) == Victim.truth) }
    try await victim.host.stop()
  }

  /// What libcurl reads as it likes; the seal says what is right.
  @Test(arguments: [
    "Content-Encoding: gzip\r\nContent-Length: ", "Content-Length: 5\r\nContent-Length: ",
    "Content-Length: 99999999999999999",
  ])
  func `a field that misleads changes nothing in what is sealed`(field: String) async throws {
    let victim = try await Victim()
    #expect(try await victim.ask(.answer("Content-Length: ", field)) == Victim.truth)
    try await victim.host.stop()
  }

  @Test func `ten thousand mutants and all attacks leave memory as it was`() async {
    await #expect(processExitsWith: .success) {
      let first = try await Victim()
      _ = try await first.ask(nil)
      let before = try Memory.peak()
      for attack in Attack.all { try await first.check(attack) }
      try await first.host.stop()
      let outcomes = try await withThrowingTaskGroup(of: Outcomes.self) { group in
        for part in UInt64(0)..<4 {
          group.addTask { try await Self.mutants(part * 2500..<(part + 1) * 2500) }
        }
        return try await group.reduce(into: Outcomes()) { $0 += $1 }
      }
      #expect(outcomes.refused > 5000 && outcomes.read > 100)
      #expect(try Memory.peak() - before < 64 << 20)
    }
  }

  private struct Outcomes: Sendable {
    var read = 0
    var refused = 0

    static func += (sum: inout Outcomes, more: Outcomes) {
      sum.read += more.read
      sum.refused += more.refused
    }
  }

  /// Bytes that mean something to a reader of HTTP or of a frame.
  private static let sharp =
    [
      "\r\n", "\r\n\r\n", ":", " ", "Content-Length: 7\r\n", "Transfer-Encoding: chunked\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n", "0\r\n\r\n", "--Encrypted Boundary", "--", "\t", "Length=",
      "-1", "99999999999999999999", "Content-Encoding: gzip\r\n", "Connection: close\r\n",
    ].map { Array($0.utf8) } + Mutation.brokenUTF8

  private static func mutants(_ seeds: Range<UInt64>) async throws -> Outcomes {
    let victim = try await Victim()
    var outcomes = Outcomes()
    for seed in seeds {
      let isXML = seed.isMultiple(of: 2)
      do {
        let answer = try await victim.ask(spoiling(seed))
        // Who seals may say what they like; who does not can change nothing.
        #expect(isXML || answer == Victim.truth, "seed \(seed)")
        outcomes.read += 1
      } catch is SessionError {
        outcomes.refused += 1
      }
    }
    try await victim.host.stop()
    return outcomes
  }

  private static func spoiling(_ seed: UInt64) -> Spoiling {
    @Sendable func mutant(_ mutation: Mutation) -> [UInt8] {
      var random = SplitMix64(seed: seed)
      return mutation.next(&random)
    }
    return switch seed % 4 {
    case 0, 2: .envelope { mutant(Mutation(ofXML: $0)) }
    case 1: .frame { mutant(Mutation(of: $0.body, sharp: sharp)) }
    case _: Spoiling(answer: { mutant(Mutation(of: $0, sharp: sharp)) }, isLast: true)
    }
  }
}
