import Foundation

/// A folder on the disk of the working folder, gone when the measurement is over.
///
/// `/tmp` may be memory, where nothing becomes durable.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = ".build/benchmarks-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
