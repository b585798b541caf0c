import Testing
import VolumeActivation

struct KMSHostMemoryTests {
  private let start = Timestamp(rawValue: 0)

  /// A memory that these machines have asked, a minute apart.
  private func memory(_ machines: some Sequence<Int>, threshold: Int) -> KMSHostMemory<Int> {
    var memory = KMSHostMemory<Int>()
    for machine in machines {
      _ = memory.request(machine, threshold: threshold, at: start + .minutes(Int64(machine)))
    }
    return memory
  }

  @Test func `each distinct machine is counted once, refused or not`() {
    var memory = KMSHostMemory<Int>()
    #expect((1...4).map { memory.request($0, threshold: 25, at: start) } == [1, 2, 3, 4])
    #expect(memory.request(2, threshold: 25, at: start) == 4)
    #expect(memory.count(at: start) == 4)
  }

  @Test func `servers alone stop at 10, and the first client lifts the memory to 50`() {
    var memory = memory(1...30, threshold: 5)
    let now = start + .hours(1)
    #expect(memory.count(at: now) == 10)
    #expect(memory.capacity == 10)
    #expect(memory.request(31, threshold: 25, at: now) == 11)
    for machine in 32...100 { _ = memory.request(machine, threshold: 5, at: now) }
    #expect(memory.count(at: now) == 50)
  }

  @Test func `the machine that asked longest ago is forgotten first`() {
    var memory = memory(1...10, threshold: 5)
    let now = start + .hours(1)
    _ = memory.request(1, threshold: 5, at: now)
    _ = memory.request(11, threshold: 5, at: now)
    #expect(memory.remembers(1, at: now))
    #expect(!memory.remembers(2, at: now))
    #expect(memory.remembers(3, at: now))
  }

  @Test func `a machine that does not ask for 30 days drops out, and one that renews stays`() {
    var memory = memory([0, 1], threshold: 25)
    _ = memory.request(0, threshold: 25, at: start + .days(7))
    #expect(memory.count(at: start + .days(30)) == 2)
    #expect(memory.count(at: start + .days(30) + .minutes(1)) == 1)
    #expect(memory.count(at: start + .days(37)) == 0)
    #expect(memory.request(5, threshold: 25, at: start + .days(33)) == 2)
    #expect(memory.remembers(0, at: start + .days(33)))
  }

  @Test func `what a client has asked for is not forgotten with the client`() {
    var memory = memory([1], threshold: 25)
    let later = start + .days(40)
    for machine in 2...20 { _ = memory.request(machine, threshold: 5, at: later) }
    #expect(memory.count(at: later) == 19)
  }

  @Test func `a restart empties the memory and makes it small again`() {
    var memory = memory(1...30, threshold: 25)
    memory.restart()
    #expect(memory.count(at: start + .hours(1)) == 0)
    for machine in 1...30 { _ = memory.request(machine, threshold: 5, at: start + .hours(1)) }
    #expect(memory.count(at: start + .hours(1)) == 10)
  }

  /// The rules once more, as slowly and plainly as they can be said.
  private struct Ledger {
    var asked: [(machine: Int, at: Timestamp)] = []
    var greatest = 0

    mutating func request(_ machine: Int, threshold: Int, at now: Timestamp) -> Int {
      greatest = max(greatest, threshold)
      asked = asked.filter { now - $0.at < .days(30) && $0.machine != machine }
      asked.append((machine, now))
      asked = asked.suffix(2 * greatest)
      return asked.count
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `it answers as the plain ledger does`(seed: UInt64) {
    var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ bound: UInt64) -> UInt64 {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      return random % bound
    }
    var memory = KMSHostMemory<Int>()
    var ledger = Ledger()
    var now = start
    for step in 0..<400 {
      now = now + .hours(Int64(draw(40)))
      let machine = Int(draw(30))
      let threshold = draw(50) == 0 ? 6 : 2
      let count = memory.request(machine, threshold: threshold, at: now)
      let expected = ledger.request(machine, threshold: threshold, at: now)
      guard count == expected else {
        Issue.record("step \(step): \(count) instead of \(expected)")
        return
      }
      if draw(100) == 0 {
        memory.restart()
        ledger = Ledger()
      }
    }
  }
}
