/// A point in time as WMI writes it; what is nil was not said (`*` in CIM's own form).
package struct CIMDateTime: Hashable, Sendable {
  package var year: Int?
  package var month: Int?
  package var day: Int?
  package var hour: Int?
  package var minute: Int?
  package var second: Int?
  package var microsecond: Int?
  /// Minutes east of Greenwich.
  package var offset: Int?
}

extension CIMDateTime {
  /// Reads `2024-02-29T23:59:58.123456-08:00` or `20240229235958.123456-480`.
  package init?(_ text: some Sequence<UInt8>) {
    var scanner = DateScanner(text)
    let isCIM = scanner.count == 25 && scanner.byte(at: 14) == UInt8(ascii: ".")
    guard isCIM ? read(cim: &scanner) : read(iso: &scanner), scanner.isAtEnd, isPossible else {
      return nil
    }
  }

  private mutating func read(cim scanner: inout DateScanner) -> Bool {
    guard scanner.digits(4, wild: &year), scanner.digits(2, wild: &month),
      scanner.digits(2, wild: &day), scanner.digits(2, wild: &hour),
      scanner.digits(2, wild: &minute), scanner.digits(2, wild: &second), scanner.skip("."),
      scanner.digits(6, wild: &microsecond)
    else { return false }
    guard let sign = scanner.sign(), scanner.digits(3, wild: &offset) else { return false }
    offset = offset.map { $0 * sign }
    return true
  }

  private mutating func read(iso scanner: inout DateScanner) -> Bool {
    guard scanner.digits(4, into: &year), scanner.skip("-"), scanner.digits(2, into: &month),
      scanner.skip("-"), scanner.digits(2, into: &day)
    else { return false }
    if scanner.skip("T") {
      guard scanner.digits(2, into: &hour), scanner.skip(":"),
        scanner.digits(2, into: &minute), scanner.skip(":"), scanner.digits(2, into: &second)
      else { return false }
      microsecond = 0
      if scanner.skip(".") {
        guard let fraction = scanner.microseconds() else { return false }
        microsecond = fraction
      }
    }
    if scanner.skip("Z") {
      offset = 0
    } else if let sign = scanner.sign() {
      var hours: Int?
      var minutes: Int?
      guard scanner.digits(2, into: &hours), scanner.skip(":"),
        scanner.digits(2, into: &minutes), let hours, let minutes
      else { return false }
      offset = sign * (hours * 60 + minutes)
    }
    return true
  }

  private var isPossible: Bool {
    (month.map { (1...12).contains($0) } ?? true) && (day.map { (1...31).contains($0) } ?? true)
      && (hour ?? 0) <= 24 && (minute ?? 0) <= 59 && (second ?? 0) <= 60
  }
}

extension CIMDateTime: CustomStringConvertible {
  /// The form of XML Schema when all is known, otherwise CIM's own with wildcards.
  package var description: String {
    guard let year, let month, let day, let hour, let minute, let second, let microsecond,
      let offset
    else { return cimDescription }
    let zone = offset.magnitude
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T\(hour.padded(2)):"
      + "\(minute.padded(2)):\(second.padded(2)).\(microsecond.padded(6))"
      + "\(offset < 0 ? "-" : "+")\((Int(zone) / 60).padded(2)):\((Int(zone) % 60).padded(2))"
  }

  /// The 25 characters of CIM's own form.
  package var cimDescription: String {
    "\(wild(year, 4))\(wild(month, 2))\(wild(day, 2))\(wild(hour, 2))\(wild(minute, 2))"
      + "\(wild(second, 2)).\(wild(microsecond, 6))\((offset ?? 0) < 0 ? "-" : "+")"
      + wild(offset.map { abs($0) }, 3)
  }

  private func wild(_ value: Int?, _ width: Int) -> String {
    value.map { $0.padded(width) } ?? String(repeating: "*", count: width)
  }
}

extension CIMDateTime {
  /// Whether every part of it is known.
  package var isWhole: Bool {
    year != nil && month != nil && day != nil && hour != nil && minute != nil && second != nil
      && microsecond != nil && offset != nil
  }
}

extension CIMDateTime {
  /// Microseconds since 1970-01-01T00:00:00Z; nil unless all but the fraction is known.
  package var microsecondsSince1970: Int64? {
    guard let year, let month, let day, let hour, let minute, let second, let offset else {
      return nil
    }
    // Days by Howard Hinnant's count of civil days, with years that begin in March.
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    let minutes = days * 1440 + hour * 60 + minute - offset
    return Int64(minutes * 60 + second) * 1_000_000 + Int64(microsecond ?? 0)
  }
}

extension CIMDateTime {
  /// An instant as a clock shows it that is so many minutes east of Greenwich.
  ///
  /// - Precondition: The year has four digits.
  package init(microsecondsSince1970 instant: Int64, offset: Int = 0) {
    let local = instant + Int64(offset) * 60_000_000
    let (days, rest) = local.floorQuotientAndRemainder(dividingBy: 86_400_000_000)
    // The way back of Howard Hinnant's count of civil days, with years that begin in March.
    let (era, dayOfEra) = (days + 719_468).floorQuotientAndRemainder(dividingBy: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let seconds = rest / 1_000_000
    self.init(
      year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month),
      day: Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1), hour: Int(seconds / 3600),
      minute: Int(seconds / 60 % 60), second: Int(seconds % 60),
      microsecond: Int(rest % 1_000_000), offset: offset)
    precondition((0...9999).contains(year ?? 0), "the year has four digits")
  }
}

extension Int64 {
  /// Division whose remainder is never negative.
  fileprivate func floorQuotientAndRemainder(dividingBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
