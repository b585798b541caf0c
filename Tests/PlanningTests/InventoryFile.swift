import Planning

/// The bytes of an inventory as some program writes them, and what reading them gives.
struct InventoryFile {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// UTF-8 as it stands.
  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// With a byte order mark, as Notepad and Excel write UTF-8.
  static func marked(_ text: String) -> InventoryFile {
    InventoryFile([0xEF, 0xBB, 0xBF] + Array(text.utf8))
  }

  /// UTF-16, as Windows PowerShell's `Export-Csv -Encoding Unicode` and Excel's "Unicode Text" do.
  static func utf16(_ text: String, bigEndian: Bool) -> InventoryFile {
    InventoryFile(
      ("\u{FEFF}" + text).utf16.flatMap { unit in
        let halves = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return bigEndian ? halves.reversed() : halves
      })
  }

  func read(parts: Int = 2) async throws(InputErrors) -> Inventory {
    try await Inventory.read(bytes, file: "fleet.csv", parts: parts)
  }

  /// The message that the file gets, which does not depend on how many read it; nil when it is read.
  func complaint() async -> String? {
    var complaints: [String?] = []
    for parts in 1...3 {
      do throws(InputErrors) {
        _ = try await read(parts: parts)
        complaints.append(nil)
      } catch {
        complaints.append(error.description)
      }
    }
    return complaints.allSatisfy { $0 == complaints[0] }
      ? complaints[0] : "it depends on the number of parts: \(complaints)"
  }
}
