import Engine
import Execution
import Foundation
import SimulatedFleet
import Planning
import TestProgram
import Testing
import VolumeActivation

/// The company behind a door at which somebody says what goes through.
struct GuardedCompany {
  let company: ServedCompany
  let gatekeeper: Gatekeeper

  static func open(
    policy: [String: String], faults: FaultProfile = .none,
    _ body: @Sendable (GuardedCompany) async throws -> Void
  ) async throws {
    let gatekeeper = Gatekeeper()
    try await ServedCompany.open(
      reachedBy: .basicOverHTTPS, faults: faults, policy: policy,
      behind: { windows in
        gatekeeper.stand(before: windows)
        return gatekeeper
      }
    ) { company in try await body(GuardedCompany(company: company, gatekeeper: gatekeeper)) }
  }

  /// Brings a host to a station by the program itself.
  ///
  /// - Returns: The run that goes on there; nil when it has ended.
  func lead(_ subject: String, to station: Station) async throws -> MusterProcess.Running? {
    gatekeeper.obey(station.rule(for: subject))
    if station == .drifted { try company.changeKey(of: subject) }
    let run = try company.muster.start(["apply", "plan.jsonl"])
    let place = try #require(
      try RunView(folder: company.folder).plan.hosts.firstIndex { $0.name.rawValue == subject })
    switch station {
    case .planned, .ready, .settingUnderWay, .keyUnderWay, .askUnderWay, .waiting, .retrying:
      try await wait(for: run, place, station)
      return run
    case .keyUnknown:
      try await wait(for: run, place, .keyUnderWay)
      loseKey(of: subject, looks: .kept)
      try await wait(for: run, place, station)
      return run
    case .check:
      try await wait(for: run, place, .waiting)
      gatekeeper.obey(
        { [rule = station.rule(for: subject)] host, errand in
          host == subject && errand == .look ? .kept : rule(host, errand)
        })
      try await rollBack(subject)
      try await wait(for: run, place, station)
      return run
    case .skipped:
      try await wait(for: run, place, .ready)
      try await company.run(["skip", "plan.jsonl", subject])
      gatekeeper.openUp()
    case .unsettled:
      try await wait(for: run, place, .keyUnderWay)
      loseKey(of: subject, looks: .lostBefore)
    case .licensed, .restored, .failed, .drifted, .stranded: break
    }
    let ending = await run.ending()
    try #require([0, 11].contains(ending.code), "\(ending.everything)")
    if station == .restored { try await rollBack(subject) }
    if station == .stranded {
      gatekeeper.obey { host, errand in
        guard host == subject else { return .through }
        return errand == .activate
          ? .lostBefore : errand == .deposit ? .refused(.inconsistentStore) : .through
      }
      try await company.run(["rollback", "plan.jsonl", "--host", subject], ends: 11)
    }
    let phase = try await RunView(folder: company.folder).contents()?.hosts[place].phase.word
    try #require(phase == station.phase)
    return nil
  }

  /// Lets the key be installed without an answer.
  private func loseKey(of subject: String, looks: Gatekeeper.Fate) {
    gatekeeper.obey { host, errand in
      guard host == subject else { return .through }
      return errand == .installKey ? .lostAfter : errand == .look ? looks : .through
    }
  }

  private func rollBack(_ subject: String) async throws {
    try await company.run(["rollback", "plan.jsonl", "--host", subject])
  }

  private func wait(
    for run: MusterProcess.Running, _ place: Int, _ station: Station
  ) async throws {
    let view = try RunView(folder: company.folder)
    let isThere = try await run.runs {
      await view.contents().map { station.matches($0.hosts[place].phase) } ?? false
    }
    try #require(isThere, "\(run.messages)")
  }
}
