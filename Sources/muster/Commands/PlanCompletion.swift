import Planning
import VolumeActivation

/// What a shell offers where a command names something of its plan.
///
/// A shell asks while a line is being typed, so whatever is wrong with the plan offers nothing.
enum PlanCompletion {
  /// The hosts of the plan that the line names.
  @Sendable static func hosts(_ line: [String], _ index: Int, _ prefix: String) -> [String] {
    plan(of: line)?.hosts.map(\.name.rawValue) ?? []
  }

  /// The hosts of the plan and those that it leaves out.
  @Sendable static func everybody(_ line: [String], _ index: Int, _ prefix: String) -> [String] {
    guard let plan = plan(of: line) else { return [] }
    return plan.hosts.map(\.name.rawValue) + plan.leftOut.map(\.name)
  }

  /// The numbers of its waves.
  @Sendable static func waves(_ line: [String], _ index: Int, _ prefix: String) -> [String] {
    plan(of: line)?.waves.map { "\($0.number)" } ?? []
  }

  private static func plan(of line: [String]) -> Plan? {
    line.lazy.filter { $0.hasSuffix(".jsonl") }.compactMap { try? PlanFile.read($0) }.first
  }
}
