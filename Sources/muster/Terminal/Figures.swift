import VolumeActivation

/// `1 host`, `2 hosts`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A probability as a percentage that is never rounded up to certainty or down to none.
func percentage(_ probability: Double) -> String {
  switch probability {
  case ...0: return "0 %"
  case 1...: return "100 %"
  default:
    // Two decimals, cut off rather than rounded, so that 0.99999 does not read as 100 %.
    let hundredths = Int(probability * 10_000)
    guard hundredths > 0 else { return "below 0.01 %" }
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    guard rest > 0 else { return "\(whole) %" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
  }
}

/// A length of time in its two largest units: `2 h 5 min`.
func duration(_ span: Milliseconds) -> String {
  let seconds = max(0, span.rawValue) / 1000
  let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
  guard let first = units.firstIndex(where: { seconds >= $0.0 }) else {
    return "\(max(0, span.rawValue)) ms"
  }
  let whole = seconds / units[first].0
  var text = "\(whole) \(units[first].1)"
  if first + 1 < units.count {
    let rest = seconds % units[first].0 / units[first + 1].0
    if rest > 0 { text += " \(rest) \(units[first + 1].1)" }
  }
  return text
}
