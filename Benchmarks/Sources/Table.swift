import Glibc

/// What was measured, one row a figure.
struct Table: CustomStringConvertible {
  private var rows: [[String]] = []

  mutating func add(_ what: String, _ figure: String, target: String = "") {
    rows.append([what, figure, target])
  }

  var description: String {
    let lines = [["what", "measured", "target"]] + rows
    let widths = (0..<3).map { column in lines.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = line(widths.map { String(repeating: "-", count: $0) })
    return ([line(lines[0]), rule] + lines.dropFirst().map(line)).joined(separator: "\n")
  }
}

/// Seconds of processor time that this program has used, over all its threads.
///
/// What one core does is measured by it, so that other programs on the machine count little.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension Duration {
  /// Seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

extension Double {
  /// With so many decimals, and a comma between thousands.
  func text(decimals: Int = 0) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((self * Double(scale)).rounded())
    var digits = String(scaled / scale)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    guard decimals > 0 else { return digits }
    let fraction = String(scaled % scale)
    return digits + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
