import Execution
package import VolumeActivation

/// A clock that runs `speed` times as fast as the machine's, so that hours pass in seconds.
///
/// Its time is a function of the machine's wall clock and of when it was set, so every process that
/// knows both reads the same time, and it goes on while none is running.
package struct ScaledClock: WallClock {
  /// Where it was set: this machine time was this scaled time.
  package struct Setting: Hashable, Codable, Sendable {
    package var machine: Timestamp
    package var scaled: Timestamp
    package var speed: Double

    package init(machine: Timestamp, scaled: Timestamp, speed: Double) {
      self.machine = machine
      self.scaled = scaled
      self.speed = speed
    }

    package func scaled(at machine: Timestamp) -> Timestamp {
      let passed = Double((machine - self.machine).rawValue)
      return scaled + Milliseconds(rawValue: Int64(passed * speed))
    }
  }

  package let setting: Setting
  private let machine = SystemClock()

  package init(_ setting: Setting) {
    self.setting = setting
  }

  /// A clock that shows `start` now.
  package init(startingAt start: Timestamp, speed: Double) {
    self.init(Setting(machine: SystemClock().now(), scaled: start, speed: speed))
  }

  package func now() -> Timestamp {
    setting.scaled(at: machine.now())
  }

  package func monotonic() -> Milliseconds {
    Milliseconds(rawValue: Int64(Double(machine.monotonic().rawValue) * setting.speed))
  }

  package func sleep(for span: Milliseconds) async throws {
    let real = (Double(span.rawValue) / setting.speed).rounded(.up)
    try await machine.sleep(for: Milliseconds(rawValue: Int64(real)))
  }
}
