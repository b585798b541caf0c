import Planning
import Randomness
import Testing
import VolumeActivation

struct CountEvidenceTests {
  private let small = KMSMemorySize.small(serverThreshold: 5)
  private let large = KMSMemorySize.large(clientThreshold: 25)

  @Test func `renewals bound the count from below and never add to it`() {
    #expect(CountEvidence(reading: 14, renewed: 9, memory: large).atLeast == 14)
    #expect(CountEvidence(reading: 14, renewed: 20, memory: large).atLeast == 20)
    #expect(CountEvidence(reading: 4, renewed: 30, memory: small).atLeast == 10)
    #expect(CountEvidence(reading: 4, renewed: 80, memory: large).atLeast == 50)
  }

  @Test func `answers since the reading add to it as far as the memory goes`() {
    #expect(CountEvidence(reading: 14, answeredSince: 3, memory: large).atLeast == 17)
    #expect(CountEvidence(reading: 9, answeredSince: 3, memory: small).atLeast == 10)
  }

  /// Whatever was remembered before, the bound holds on the real memory.
  @Test(arguments: UInt64(0)..<200)
  func `the bound never exceeds what the KMS host remembers`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var memory = KMSHostMemory<Int>()
    let now = Timestamp(rawValue: 0)
    let client = Bool.random(using: &random)
    for machine in 0..<Int.random(in: 0...60, using: &random) {
      _ = memory.request(machine, threshold: client ? 25 : 5, at: now)
    }
    let reading = memory.count(at: now)
    let renewing = Int.random(in: 0...60, using: &random)
    for machine in 0..<renewing { _ = memory.request(machine, threshold: client ? 25 : 5, at: now) }
    let evidence = CountEvidence(
      reading: reading, renewed: renewing, memory: client ? large : small)
    #expect(evidence.atLeast <= memory.count(at: now))
  }

  @Test func `10 or less is a small memory unless a client is proved to have asked`() {
    func isSmall(_ highest: Int, _ saw: Bool?, _ counted: Bool) -> Bool {
      KMSMemorySize(highest: highest, sawClientRequest: saw, clientCounted: counted).isSmall
    }
    #expect(isSmall(10, nil, false))
    #expect(isSmall(0, false, false))
    #expect(!isSmall(11, nil, false))
    #expect(!isSmall(3, true, false))
    #expect(!isSmall(3, nil, true))
  }

  @Test func `a fall is ageing only as far as loose records and the hours explain it`() {
    func change(_ from: Int, _ to: Int, loose: Int, hours: Double, rebooted: Bool = false)
      -> CountChange
    {
      CountChange(from: from, to: to, loose: loose, hours: hours, rebooted: rebooted)
    }
    #expect(change(20, 20, loose: 20, hours: 9) == .kept)
    #expect(change(20, 23, loose: 20, hours: 9) == .kept)
    #expect(change(20, 19, loose: 20, hours: 9) == .aged(by: 1))
    #expect(change(20, 18, loose: 20, hours: 9) == .aged(by: 2))
    #expect(change(20, 12, loose: 20, hours: 9) == .restarted)
    #expect(change(20, 19, loose: 0, hours: 9) == .restarted)
    #expect(change(20, 18, loose: 1, hours: 700) == .restarted)
    #expect(change(20, 2, loose: 20, hours: 700) == .aged(by: 18))
    #expect(change(20, 21, loose: 20, hours: 9, rebooted: true) == .restarted)
  }
}
