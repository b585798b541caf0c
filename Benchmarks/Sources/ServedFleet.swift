import Foundation

/// `muster fleet serve` in a process of its own, so that what it takes is not what its client takes.
final class ServedFleet {
  private let process = Process()
  private let output = Pipe()
  /// The ports of HTTP and HTTPS, on 127.0.0.1.
  private(set) var http = 0
  private(set) var https = 0

  init(_ company: borrowing WireCompany, program: String, tempo: String = "instant") throws {
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "fleet", "serve", company.file("inventory.csv"), "--config", company.file("http.yaml"),
      "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--users", company.file("users"),
      "--certificate", company.file("server.pem"), "--key", company.file("server.key"),
      "--tempo", tempo,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var said = ""
    while http == 0 || https == 0 {
      let octets = output.fileHandleForReading.availableData
      guard !octets.isEmpty else { throw Child.Failure(description: "the fleet is not served") }
      said += String(decoding: octets, as: UTF8.self)
      for line in said.split(separator: "\n") where said.hasSuffix("\n") {
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else { continue }
        if line.hasPrefix("https ") { https = port } else { http = port }
      }
    }
    try company.point(at: self)
  }

  func end() {
    process.terminate()
    process.waitUntilExit()
  }
}
