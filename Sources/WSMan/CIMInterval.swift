/// A length of time as WMI and XML Schema write it.
package struct CIMInterval: Hashable, Sendable {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func seconds(_ count: Int64) -> CIMInterval {
    CIMInterval(microseconds: count * 1_000_000)
  }
}

extension CIMInterval {
  /// Reads `P180DT1H2M3.000004S` or `00000180010203.000004:000`.
  ///
  /// Years and months have no fixed length and are refused.
  package init?(_ text: some Sequence<UInt8>) {
    var scanner = DateScanner(text)
    let isDuration = scanner.byte(at: 0) == UInt8(ascii: "P")
    guard
      let microseconds = isDuration
        ? Self.duration(&scanner) : Self.cim(&scanner), scanner.isAtEnd
    else { return nil }
    self.microseconds = microseconds
  }

  private static func duration(_ scanner: inout DateScanner) -> Int64? {
    guard scanner.skip("P") else { return nil }
    var sum: Int64 = 0
    var parts = 0
    var units: [(Unicode.Scalar, Int64)] = [("D", 86400), ("H", 3600), ("M", 60), ("S", 1)]
    var isTime = false
    while !scanner.isAtEnd {
      if !isTime, scanner.skip("T") {
        isTime = true
        units.removeAll { $0.0 == "D" }
        guard !scanner.isAtEnd else { return nil }
      }
      guard let number = scanner.number() else { return nil }
      var fraction: Int?
      if scanner.skip(".") {
        guard let digits = scanner.microseconds() else { return nil }
        fraction = digits
      }
      guard let index = units.firstIndex(where: { scanner.skip($0.0) }) else { return nil }
      let unit = units[index]
      guard (unit.0 == "D") != isTime, fraction == nil || unit.0 == "S" else { return nil }
      units.removeSubrange(...index)
      let (micros, isTooLong) = Int64(number)
        .multipliedReportingOverflow(by: unit.1 * 1_000_000)
      let (longer, isLonger) = sum.addingReportingOverflow(micros)
      let (total, isLongest) = longer.addingReportingOverflow(Int64(fraction ?? 0))
      guard !isTooLong, !isLonger, !isLongest else { return nil }
      sum = total
      parts += 1
    }
    return parts > 0 ? sum : nil
  }

  private static func cim(_ scanner: inout DateScanner) -> Int64? {
    var days: Int?
    var hours: Int?
    var minutes: Int?
    var seconds: Int?
    var micros: Int?
    guard scanner.digits(8, into: &days), scanner.digits(2, into: &hours),
      scanner.digits(2, into: &minutes), scanner.digits(2, into: &seconds), scanner.skip("."),
      scanner.digits(6, wild: &micros), scanner.skip(":"), scanner.skip("0"),
      scanner.skip("0"), scanner.skip("0"), let days, let hours, let minutes, let seconds
    else { return nil }
    let whole = Int64(days) * 86400 + Int64(hours * 3600 + minutes * 60 + seconds)
    return whole * 1_000_000 + Int64(micros ?? 0)
  }
}

extension CIMInterval: CustomStringConvertible {
  /// The form of XML Schema, such as `PT60S`.
  package var description: String {
    let fraction = microseconds % 1_000_000
    let seconds = microseconds / 1_000_000
    let tail = fraction == 0 ? "" : "." + Int(fraction).padded(6)
    if seconds < 86400 { return "PT\(seconds)\(tail)S" }
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60)
    return "P\(seconds / 86400)DT\(hours)H\(minutes)M\(seconds % 60)\(tail)S"
  }
}
