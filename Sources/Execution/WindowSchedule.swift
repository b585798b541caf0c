import Foundation
package import Planning
package import VolumeActivation

/// When a maintenance window is open, in the hours of its own time zone.
package struct WindowSchedule: Sendable {
  private let window: MaintenanceWindow
  private let calendar: Calendar

  /// nil when the time zone is not known on this machine.
  package init?(_ window: MaintenanceWindow) {
    guard let zone = TimeZone(identifier: window.timeZone) else { return nil }
    self.window = window
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  /// Whether it is open at `now`, and the instant at which that ends.
  package func state(at now: Timestamp) -> (open: Bool, until: Timestamp) {
    guard window.opens != window.closes else { return (true, now + .days(1)) }
    let date = Date(timeIntervalSince1970: Double(now.rawValue) / 1000)
    let parts = calendar.dateComponents([.hour, .minute], from: date)
    let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
    let isOpen =
      window.opens < window.closes
      ? (window.opens..<window.closes).contains(minute)
      : minute >= window.opens || minute < window.closes
    let next = isOpen ? window.closes : window.opens
    // A time that a change of clocks leaves out is taken at the next one that there is.
    let found = calendar.nextDate(
      after: date, matching: DateComponents(hour: next / 60 % 24, minute: next % 60, second: 0),
      matchingPolicy: .nextTime)
    let until = found.map { Timestamp(rawValue: Int64($0.timeIntervalSince1970 * 1000)) }
    return (isOpen, until ?? now + .hours(1))
  }
}
