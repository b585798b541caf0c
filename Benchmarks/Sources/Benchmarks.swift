import Glibc

/// Measures Muster and prints one table.
///
/// `benchmarks MUSTER [part …]`: the program to measure, and which parts; all of them without any.
@main
enum Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let program = arguments.first else {
      print("usage: benchmarks MUSTER [\(Part.allCases.map(\.rawValue).joined(separator: "|"))] …")
      return
    }
    let chosen = arguments.dropFirst().compactMap(Part.init(rawValue:))
    var table = Table()
    var failed = false
    for part in chosen.isEmpty ? Part.allCases : chosen {
      do {
        try await part.measure(program: program, into: &table)
      } catch {
        table.add("\(part.rawValue): not measured", "\(error)")
        failed = true
      }
    }
    print(table)
    if failed { exit(1) }
  }
}

/// What can be measured by itself.
enum Part: String, CaseIterable {
  case plan
  case journal
  case engine
  case simulate
  case wire
  case scale

  func measure(program: String, into table: inout Table) async throws {
    switch self {
    case .plan: try PlanningAMillion(program: program).measure(into: &table)
    case .journal: try await DurableEvents().measure(into: &table)
    case .engine: try EngineEvents().measure(into: &table)
    case .simulate: try SimulatedRuns().measure(into: &table)
    case .wire: try await WireCosts(program: program).measure(into: &table)
    case .scale: try await WireScale(program: program).measure(into: &table)
    }
  }
}
