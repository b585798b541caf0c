import Foundation
import TestProgram
import Testing

/// The example company, killed with SIGKILL at random moments and taken up again each time.
@Suite(.serialized) struct KilledRunTests {
  /// A migration and the rollback of one wave, with nobody in the way.
  private struct Calm {
    var migrated: [String: Int]
    var migrationEvents: Int64
    var rollbackEvents: Int64
  }

  private static let back = ["rollback", "plan.jsonl", "--wave", "3"]

  private func calm() async throws -> Calm {
    let migration = try await Migration()
    try await migration.insist(["apply", "plan.jsonl"], kills: 0, growth: 0, seed: 0)
    let phases = try await migration.status().phases
    let migrationEvents = try await migration.events()
    try await migration.insist(Self.back, kills: 0, growth: 0, seed: 0)
    #expect(try migration.spent().count == 35)
    return Calm(
      migrated: phases, migrationEvents: migrationEvents,
      rollbackEvents: try await migration.events() - migrationEvents)
  }

  @Test func `50 kills change nothing about where the fleet ends`() async throws {
    let calm = try await calm()
    #expect(calm.migrated == ["licensed": 486])
    var kills = 0
    var seed: UInt64 = 0
    // A run that ends before its share of kills has come makes room for another.
    while kills < 50 {
      seed += 1
      try #require(seed < 10, "only \(kills) kills met a living run")
      let migration = try await Migration()
      try await migration.insist(
        ["apply", "plan.jsonl"], kills: 35, growth: calm.migrationEvents, seed: seed)
      #expect(try await migration.status().phases == calm.migrated)
      #expect(try migration.spent().isEmpty)

      try await migration.insist(
        Self.back, kills: 15, growth: calm.rollbackEvents, seed: seed + 100)
      kills += migration.kills
      try await expectRolledBack(migration)
      #expect(try migration.strangers().isEmpty)
      let check = try await migration.run("journal", "check", "plan.jsonl")
      #expect(check.code == 0, "\(check.everything)")
    }
    #expect(kills >= 50)
  }

  private func expectRolledBack(_ migration: Migration) async throws {
    let spent = try migration.spent()
    #expect(spent.values.allSatisfy { $0 == 1 }, "\(spent)")
    let status = try await migration.status()
    #expect(status.phases["licensed"] == 486 - 35)
    // An activation of which a kill left in doubt whether it was sent counts as spent, and is not
    // sent again: a person must see that host.
    #expect(
      status.phases["restored", default: 0] + status.phases["stranded", default: 0] == 35,
      "\(status.phases)")
    #expect(status.phases["restored", default: 0] <= spent.count)
    #expect(status.maks.reduce(0) { $0 + $1.spent } >= spent.count)
  }
}
