import Execution
import Foundation
import FrontDoor
import SimulatedFleet
import TestProgram
import Testing
import VolumeActivation

/// A person's `rollback`, said over the wire's worst moments: whatever phase a host is in, it ends
/// as its checkpoint has it, or nothing is done to it.
@Suite struct RollbackTests {
  private static let online = "ws-02.muster.test"
  /// What the host was told before anybody thought of migrating it, and is told again.
  private static let elsewhere = KMSSetting(
    name: HostName(folded: "kms-of-old.muster.test"), port: 1689)

  @Test(.serialized, arguments: Station.allCases)
  func `a host goes back from wherever it is, for one activation at most`(
    station: Station
  ) async throws {
    try await expectWayBack(of: Self.online, from: station, spending: 1)
  }

  @Test(.serialized, arguments: Station.allCases.filter { $0.outcome == .back } + [.stranded])
  func `a host whose confirmation ID was kept goes back for nothing`(
    station: Station
  ) async throws {
    try await expectWayBack(of: Company.confirmed, from: station, spending: 0)
  }

  @Test(.serialized, arguments: Station.allCases.filter { $0.outcome == .back })
  func `a host whose confirmation ID does not match any more goes back for one activation`(
    station: Station
  ) async throws {
    var faults = FaultProfile.none
    faults.unstableInstallationID = 1
    try await expectWayBack(of: Company.confirmed, from: station, spending: 1, faults)
  }

  /// - Parameters:
  ///   - count: The activations that the way back takes, where there is one.
  private func expectWayBack(
    of subject: String, from station: Station, spending count: Int, _ faults: FaultProfile = .none
  ) async throws {
    try await GuardedCompany.open(policy: station.policy, faults: faults) { guarded in
      let company = guarded.company
      try company.point(subject, at: Self.elsewhere)
      try await company.makePlan()
      let found = try #require(try company.states()[subject])
      let run = try await guarded.lead(subject, to: station)
      let before = try company.deeds().count
      let said = try await company.muster.run(["rollback", "plan.jsonl", "--host", subject])
      #expect(said.code == station.code, "\(said.everything)")
      let refused = try company.deeds(after: before)
      guarded.gatekeeper.openUp()
      if let run {
        let ending = await run.ending()
        try #require(ending.code == 0, "\(ending.everything)")
      }

      let deeds = try company.deeds().filter { $0.host == subject }
      let state = try #require(try company.states()[subject])
      switch station.outcome {
      case .untouched:
        #expect(!deeds.contains { $0.kind == .installKey && $0.isDone })
        #expect(state.isAsFound(found), "\(state)")
      case .back:
        #expect(state.isAsFound(found), "\(state)")
        #expect(deeds.spent == (count == 0 ? [:] : [subject: count]))
        #expect(deeds.done[subject]?.contains(.deposit) == (count == 0))
      case .refused: #expect(!refused.contains { $0.host == subject })
      }
      try await company.run(["journal", "check", "plan.jsonl"])
    }
  }

  @Test func `a rollback that the activations do not cover is refused, and nothing is done`()
    async throws
  {
    try await GuardedCompany.open(policy: [:]) { guarded in
      let company = guarded.company
      let few = try company.read("muster.yaml")
        .replacing("activationsLeft: 100", with: "activationsLeft: 30")
      try company.write("muster.yaml", few)
      try await company.makePlan()
      try await company.run(["apply", "plan.jsonl"])
      let migrated = try company.deeds().count
      let refused = try await company.run(["rollback", "plan.jsonl", "--all"], ends: 15)
      #expect(refused.messages.words.contains("has 30 activations left"), "\(refused.messages)")
      #expect(try company.deeds(after: migrated).isEmpty)
      // What they do cover goes on.
      try await company.run(["rollback", "plan.jsonl", "--host", Self.online])
      #expect(try company.deeds(after: migrated).spent == [Self.online: 1])
    }
  }
}
