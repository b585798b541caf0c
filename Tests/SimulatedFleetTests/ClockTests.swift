import Execution
import Planning
import SimulatedFleet
import Synchronization
import Testing
import VolumeActivation

@Suite struct ClockTests {
  @Test func `a virtual clock jumps from deadline to deadline, in order`() throws {
    let clock = VirtualClock(startingAt: Fixture.start)
    let executor = VirtualExecutor(clock: clock)
    let seen = try #require(
      executor.run {
        await withTaskGroup(of: (Int, Timestamp).self) { group in
          for (number, hours) in [5, 1, 3, 1, 4].enumerated() {
            group.addTask {
              try? await clock.sleep(for: .hours(Int64(hours)))
              return (number, clock.now())
            }
          }
          var seen: [(Int, Timestamp)] = []
          for await one in group { seen.append(one) }
          return seen
        }
      })
    #expect(seen.map(\.0) == [1, 3, 2, 4, 0])
    #expect(seen.map(\.1) == [1, 1, 3, 4, 5].map { Fixture.start + .hours($0) })
    #expect(clock.monotonic() == .hours(5))
  }

  @Test func `a cancelled sleeper wakes at once`() {
    let clock = VirtualClock(startingAt: Fixture.start)
    let executor = VirtualExecutor(clock: clock)
    let woke = executor.run {
      let sleeper = Task(executorPreference: executor) {
        do {
          try await clock.sleep(for: .days(1))
          return false
        } catch {
          return true
        }
      }
      try? await clock.sleep(for: .minutes(1))
      sleeper.cancel()
      let wasCancelled = await sleeper.value
      return wasCancelled && clock.now() == Fixture.start + .minutes(1)
    }
    #expect(woke == true)
  }

  @Test func `a wall clock that is set back leaves the monotonic one alone`() {
    let clock = VirtualClock(startingAt: Fixture.start)
    clock.setBack(by: .hours(1))
    #expect(clock.now() + .hours(1) == Fixture.start)
    #expect(clock.monotonic() == .zero)
  }

  @Test func `who waits for nothing that a clock brings is noticed`() {
    let executor = VirtualExecutor(clock: VirtualClock(startingAt: Fixture.start))
    let result: Int? = executor.run {
      let stream = AsyncStream<Int> { _ in }
      for await number in stream { return number }
      return 0
    }
    #expect(result == nil)
  }

  @Test func `a scaled clock is a function of the machine's clock`() {
    let setting = ScaledClock.Setting(
      machine: Fixture.start, scaled: Fixture.start + .days(100), speed: 600)
    #expect(
      setting.scaled(at: Fixture.start + .seconds(1)) == Fixture.start + .days(100) + .minutes(10))
    let clock = ScaledClock(startingAt: Fixture.start, speed: 600)
    #expect(clock.now() >= Fixture.start)
  }
}
