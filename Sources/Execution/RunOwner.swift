package import VolumeActivation

/// Which process has a run: what another one reads in the lock file, and in the journal's epochs.
///
/// It is a hint for people; the operating system's lock alone decides.
package struct RunOwner: Hashable, Codable, Sendable {
  package var machine: String
  package var process: Int32
  package var user: String
  /// Muster's version.
  package var version: String
  package var since: Timestamp

  package init(
    machine: String, process: Int32, user: String, version: String, since: Timestamp
  ) {
    self.machine = machine
    self.process = process
    self.user = user
    self.version = version
    self.since = since
  }
}

extension RunOwner: CustomStringConvertible {
  package var description: String {
    "process \(process) of \(user) on \(machine), since \(utcText(since))"
  }
}

/// `2026-11-24 00:12:07 UTC`.
private func utcText(_ instant: Timestamp) -> String {
  let seconds = instant.rawValue / 1000
  let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
  // Civil date from days since 1970-01-01, counting years from March of year 0.
  let shifted = days + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted % 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let marchMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
  let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(year)-\(two(month))-\(two(day)) "
    + "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)) UTC"
}
