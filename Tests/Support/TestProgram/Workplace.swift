package import Foundation

/// A folder of its own in which the program is run.
package protocol Workplace {
  var folder: URL { get }
}

extension Workplace {
  /// Makes a new folder, whose name begins so.
  package static func newFolder(_ name: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  package func write(_ name: String, _ text: String) throws {
    try write(name, bytes: Data(text.utf8))
  }

  package func write(_ name: String, bytes: Data) throws {
    try bytes.write(to: folder.appending(path: name))
  }

  package func read(_ name: String) throws -> String {
    String(decoding: try contents(of: name), as: UTF8.self)
  }

  package func contents(of name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: name))
  }

  package func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The names of the files in the folder, sorted.
  package var files: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
  }
}
