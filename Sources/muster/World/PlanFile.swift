import Planning

/// A plan in its file.
enum PlanFile {
  static func read(_ path: String) throws -> Plan {
    try PlanDocument.read(try FileBytes.read(path), file: path)
  }
}
