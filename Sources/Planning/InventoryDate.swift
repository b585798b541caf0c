import VolumeActivation

/// A date as somebody wrote it.
enum WrittenDate: Equatable {
  /// One instant; a date without a time is its first moment, a time without a zone is UTC.
  case instant(Timestamp)
  /// `03/04/2026`: only the rest of the file can tell which number is the day.
  case ambiguous(AmbiguousDate)
  /// What .NET, WMI and file systems write for a moment that never was.
  case never
}

/// Two numbers, one of which is the day and the other the month.
struct AmbiguousDate: Hashable, Sendable {
  var first: UInt8
  var second: UInt8
  var year: Int32
  /// After midnight.
  var milliseconds: Int64

  /// Which order it proves; nil when both are possible.
  var order: DateOrder? {
    if first > 12 { return .dayFirst }
    return second > 12 ? .monthFirst : nil
  }

  func instant(_ order: DateOrder) -> Timestamp? {
    switch order {
    case .dayFirst: dayInstant(year: year, month: second, day: first, milliseconds)
    case .monthFirst: dayInstant(year: year, month: first, day: second, milliseconds)
    }
  }
}

/// How a file writes its slashed dates.
enum DateOrder: Sendable {
  case dayFirst
  case monthFirst
}

/// nil when there is no such day.
func dayInstant(year: Int32, month: UInt8, day: UInt8, _ milliseconds: Int64) -> Timestamp? {
  guard (1...12).contains(month), day >= 1, day <= daysInMonth(year: year, month: month) else {
    return nil
  }
  // Days since 1970-01-01 in the Gregorian calendar, years counted from March.
  let shifted = Int64(year) - (month <= 2 ? 1 : 0)
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (Int64(month) + (month > 2 ? -3 : 9)) + 2) / 5 + Int64(day) - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  let days = era * 146_097 + dayOfEra - 719_468
  return Timestamp(rawValue: days * 86_400_000 + milliseconds)
}

private func daysInMonth(year: Int32, month: UInt8) -> UInt8 {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

extension WrittenDate {
  /// Reads ISO 8601 dates and date-times, `yyyy-MM-dd HH:mm:ss`, `yyyy/MM/dd`, `dd.MM.yyyy`,
  /// slashed and dashed dates with the year last, WMI's `yyyyMMddHHmmss.ffffff+zzz`, and
  /// `/Date(ms)/`; nil when it is none of these.
  init?(_ field: FieldBytes) {
    var cursor = DateCursor(bytes: field)
    guard let date = cursor.wmi() ?? cursor.milliseconds() ?? cursor.date() else { return nil }
    self = date
  }
}

/// Reads one field from front to back.
private struct DateCursor {
  let bytes: FieldBytes
  var position = 0

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inline(__always)
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Between `least` and `most` digits.
  mutating func digits(_ least: Int, _ most: Int) -> Int64? {
    var value: Int64 = 0
    var count = 0
    while count < most, let byte = next, byte &- UInt8(ascii: "0") < 10 {
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      position += 1
      count += 1
    }
    return count >= least ? value : nil
  }

  mutating func date() -> WrittenDate? {
    guard let first = digits(1, 4) else { return nil }
    let width = position
    guard let mark = next, mark == 0x2D || mark == 0x2F || mark == 0x2E else { return nil }
    position += 1
    guard let second = digits(1, 2), next == mark else { return nil }
    position += 1
    guard let third = digits(width == 4 ? 1 : 4, width == 4 ? 2 : 4) else { return nil }
    guard width == 4 || width <= 2 else { return nil }
    guard let time = timeOfDay(), position == bytes.count else { return nil }
    let year = Int32(width == 4 ? first : third)
    if year == 1 || year == 1601 { return .never }
    guard (1990...2199).contains(year) else { return nil }
    if width == 4 {
      return dayInstant(year: year, month: UInt8(second), day: UInt8(third), time)
        .map { .instant($0) }
    }
    let written = AmbiguousDate(
      first: UInt8(first), second: UInt8(second), year: year, milliseconds: time)
    // With full stops the day always comes first.
    if mark == 0x2E || first == second || written.order == .dayFirst {
      guard let instant = written.instant(.dayFirst) else { return nil }
      return mark == 0x2E || first == second ? .instant(instant) : .ambiguous(written)
    }
    if written.order == .monthFirst, written.instant(.monthFirst) == nil { return nil }
    return (1...31).contains(first) && (1...31).contains(second) ? .ambiguous(written) : nil
  }

  /// The rest of a date-time in milliseconds after midnight UTC; 0 when there is no time.
  mutating func timeOfDay() -> Int64? {
    if position == bytes.count { return 0 }
    guard skip("T") || skip(" ") || skip("t") else { return nil }
    while skip(" ") {}
    guard var hour = digits(1, 2), skip(":"), let minute = digits(2, 2) else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if skip(":") {
      guard let value = digits(2, 2) else { return nil }
      second = value
      if skip(".") || skip(",") {
        let start = position
        guard let digits = digits(1, 9) else { return nil }
        fraction = digits
        var scale = position - start
        while scale < 3 { fraction *= 10; scale += 1 }
        while scale > 3 { fraction /= 10; scale -= 1 }
      }
    }
    guard minute < 60, second < 61 else { return nil }
    guard let offset = zone(&hour), hour < 24 else { return nil }
    return ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction
  }

  /// Minutes east of UTC after `Z`, `+02:00` or `-0530`; `AM` and `PM` change the hour.
  private mutating func zone(_ hour: inout Int64) -> Int64? {
    if position == bytes.count { return 0 }
    if skip("Z") || skip("z") { return 0 }
    while skip(" ") {}
    let isMorning = skip("A") || skip("a")
    if isMorning || skip("P") || skip("p") {
      guard skip("M") || skip("m"), (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isMorning ? 0 : 12)
      return 0
    }
    let isWest = skip("-")
    guard isWest || skip("+"), let hours = digits(2, 2) else { return nil }
    _ = skip(":")
    let minutes = digits(2, 2) ?? 0
    guard hours <= 14, minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// `20261124081500.000000+060`, WMI's form with minutes east of UTC.
  mutating func wmi() -> WrittenDate? {
    guard bytes.count == 25, bytes[14] == UInt8(ascii: ".") else { return nil }
    guard let year = digits(4, 4), let month = digits(2, 2), let day = digits(2, 2),
      let hour = digits(2, 2), let minute = digits(2, 2), let second = digits(2, 2), skip("."),
      let fraction = digits(6, 6)
    else { return nil }
    if year == 1601 { return .never }
    let isWest = skip("-")
    guard isWest || skip("+"), let offset = digits(3, 3), (1990...2199).contains(year),
      hour < 24, minute < 60, second < 61
    else { return nil }
    let east: Int64 = isWest ? -offset : offset
    let shift: Int64 = hour * 60 + minute - east
    let time: Int64 = shift * 60_000 + second * 1000
    return dayInstant(
      year: Int32(year), month: UInt8(month), day: UInt8(day), time + fraction / 1000
    ).map { .instant($0) }
  }

  /// `/Date(1700000000000)/`, as Windows PowerShell's ConvertTo-Json writes it.
  mutating func milliseconds() -> WrittenDate? {
    let head = "/Date(".utf8
    guard bytes.count > head.count, bytes.starts(with: head) else {
      position = 0
      return nil
    }
    position = head.count
    if skip("-") { return .never }
    guard let value = digits(1, 14), skip(")"), skip("/"), position == bytes.count else {
      return nil
    }
    return .instant(Timestamp(rawValue: value))
  }
}
