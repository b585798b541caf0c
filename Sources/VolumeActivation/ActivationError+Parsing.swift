extension ActivationError {
  /// Reads one part of the table; a mistake in it is ours, and the tests would meet it first.
  static func parse(_ text: String) -> [ActivationError] {
    var errors: [ActivationError] = []
    var entry: [String] = []
    func close() {
      guard !entry.isEmpty else { return }
      guard let error = ActivationError(entry: entry) else {
        preconditionFailure("not an entry of the error table: \(entry)")
      }
      errors.append(error)
      entry = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        close()
      } else if line.hasPrefix("  "), let last = entry.indices.last {
        entry[last] += line.dropFirst()
      } else {
        entry.append(String(line))
      }
    }
    close()
    return errors
  }

  private init?(entry: [String]) {
    guard entry.count == 4 || entry.count == 5 && entry[4].hasPrefix("note: ") else { return nil }
    let head = entry[0].split(separator: " | ")
    guard head.count == 5, let code = HRESULT(String(head[0])),
      let kind = Kind(rawValue: String(head[1])), ["transient", "final"].contains(head[2])
    else { return nil }
    self.init(
      code: code, message: entry[1], cause: entry[2], remedy: entry[3], kind: kind,
      isTransient: head[2] == "transient",
      appliesTo: head[3] == "-" ? [] : head[3].split(separator: ", ").map(String.init),
      note: entry.count == 5 ? String(entry[4].dropFirst(6)) : nil,
      sources: head[4].split(separator: " ").map(String.init))
  }
}
