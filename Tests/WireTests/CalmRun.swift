import Execution
import Foundation
import TestProgram
import Testing
import VolumeActivation

/// The branch, migrated and taken back with nobody in the way: what each other run is measured by.
struct CalmRun: Sendable {
  let plan: Data
  /// Another plan for the same hosts.
  let otherPlan: Data
  /// How many events the journal grows by.
  let migration: Int64
  let wayBack: Int64
  /// Every machine after the one and after the other.
  let migrated: [String: HostState]
  let restored: [String: HostState]

  static let policy = [
    "failureBudget": "100%", "quietTime": "4s", "operationTimeout": "5s", "settleLimit": "1m",
  ]

  /// It is made once.
  static let shared = Task { try await make() }

  private static func make() async throws -> CalmRun {
    try await ServedCompany.open(of: Company.branch, reachedBy: .ntlm, policy: policy) { company in
      try await company.makePlan()
      let plan = try company.contents(of: "plan.jsonl")
      let otherPlan = try await other(company)
      try await company.run(["apply", "plan.jsonl"])
      let migrated = try company.states()
      let view = try RunView(folder: company.folder)
      let migration = await view.contents()?.lastSequence ?? 0
      try await company.run(["rollback", "plan.jsonl", "--all"])
      return CalmRun(
        plan: plan, otherPlan: otherPlan, migration: migration,
        wayBack: (await view.contents()?.lastSequence ?? 0) - migration, migrated: migrated,
        restored: try company.states())
    }
  }

  /// What is planned when a wave is to soak longer.
  private static func other(_ company: ServedCompany) async throws -> Data {
    let configuration = try company.read("muster.yaml")
    try company.write("muster.yaml", configuration.replacing("soak: 0s", with: "soak: 1s"))
    try await company.run(["plan", "inventory.csv", "-o", "other.jsonl"])
    try company.write("muster.yaml", configuration)
    return try company.contents(of: "other.jsonl")
  }
}
