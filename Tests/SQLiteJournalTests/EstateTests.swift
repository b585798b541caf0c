import Execution
import Foundation
import GRDB
import Planning
import SQLiteJournal
import Testing
import VolumeActivation

/// What the plans of one configuration keep from one another.
@Suite struct EstateTests {
  private let folder: TemporaryFolder
  private let now = Timestamp(rawValue: 1_800_000_000_000)

  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.path("muster.estate") }

  private func claim(
    _ plan: String, hosts: [String], left: Int = 40, held: Int = 10, spent: Int = 0
  ) throws -> EstateClaim {
    EstateClaim(
      planFile: "plans/\(plan).jsonl", plan: PlanDigest(rawValue: plan), asOf: now,
      hosts: try hosts.map { try #require(HostName($0)) },
      purses: [
        EstateClaim.Purse(
          mak: try #require(PartialProductKey("B7B7B")), left: left, held: held, spent: spent)
      ])
  }

  @Test func `a host belongs to one plan, and a conflict names the other`() async throws {
    let estate = try SQLiteEstate(path: path)
    try await estate.claim(claim("hq", hosts: ["a", "b", "c"]), at: now)
    let error = await #expect(throws: EstateError.self) {
      try await estate.claim(claim("lab", hosts: ["d", "c", "b"]), at: now)
    }
    let failure = try #require(error)
    #expect(failure.exitCode == 13)
    #expect(failure.description.contains("plans/hq.jsonl has begun with 2 hosts of this plan"))
    #expect(failure.description.contains("such as b"))
    // All or nothing: d is free.
    try await estate.claim(claim("shop", hosts: ["d"]), at: now)
  }

  @Test func `a plan may claim again what it has`() async throws {
    let estate = try SQLiteEstate(path: path)
    for _ in 0..<2 { try await estate.claim(claim("hq", hosts: ["a", "b"]), at: now) }
  }

  @Test func `what is released can be claimed, what is kept can not`() async throws {
    let estate = try SQLiteEstate(path: path)
    let hq = try claim("hq", hosts: ["a", "b"])
    try await estate.claim(hq, at: now)
    try await estate.release(hq.plan, keeping: [hq.hosts[1]])
    try await estate.claim(claim("lab", hosts: ["a"]), at: now)
    await #expect(throws: EstateError.self) {
      try await estate.claim(claim("shop", hosts: ["b"]), at: now)
    }
  }

  @Test func `two plans do not promise one activation to two hosts`() async throws {
    let estate = try SQLiteEstate(path: path)
    try await estate.claim(claim("hq", hosts: ["a"], left: 40, held: 26), at: now)
    let error = await #expect(throws: EstateError.self) {
      try await estate.claim(claim("lab", hosts: ["b"], left: 40, held: 26), at: now)
    }
    let failure = try #require(error)
    #expect(failure.exitCode == 13)
    #expect(failure.description.contains("MAK …B7B7B, 14 activations are left"))
    #expect(failure.description.contains("plans/hq.jsonl"))
  }

  @Test func `what another plan has spent since this one was made is gone`() async throws {
    let estate = try SQLiteEstate(path: path)
    let hq = try claim("hq", hosts: ["a"], left: 40, held: 20)
    try await estate.claim(hq, at: now)
    var spent = hq.purses[0]
    (spent.held, spent.spent) = (0, 18)
    try await estate.note([spent], of: hq.plan, at: now + .hours(1))
    await #expect(throws: EstateError.self) {
      try await estate.claim(claim("lab", hosts: ["b"], left: 40, held: 26), at: now)
    }
    try await estate.claim(claim("lab", hosts: ["b"], left: 40, held: 22), at: now)
  }

  @Test func `an estate older than the journal is refused`() async throws {
    let estate = try SQLiteEstate(path: path)
    let error = await #expect(throws: EstateError.self) {
      try await estate.claim(claim("hq", hosts: ["a"], spent: 3), at: now)
    }
    #expect(error?.exitCode == 14)
  }

  @Test func `who was counted is remembered, with the last time`() async throws {
    let hosts = try ["a", "b"].map { try #require(HostName($0)) }
    do {
      let estate = try SQLiteEstate(path: path)
      try await estate.note(counted: hosts, at: now)
      try await estate.note(counted: [hosts[0]], at: now + .days(2))
      try await estate.note(counted: [hosts[1]], at: now + .days(-2))
    }
    let counted = try await SQLiteEstate(path: path).counted()
    #expect(counted == [hosts[0]: now + .days(2), hosts[1]: now])
  }

  @Test func `an estate of the first format is migrated`() async throws {
    do {
      let estate = try SQLiteEstate(path: path)
      try await estate.claim(claim("hq", hosts: ["a"]), at: now)
    }
    try await DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE counted; PRAGMA user_version = 1")
    }
    let estate = try SQLiteEstate(path: path)
    let counted = try await estate.counted()
    #expect(counted.isEmpty)
    await #expect(throws: EstateError.self) {
      try await estate.claim(claim("lab", hosts: ["a"]), at: now)
    }
  }

  @Test func `an estate of a newer version is refused`() async throws {
    _ = try SQLiteEstate(path: path)
    try await DatabaseQueue(path: path).write { db in
      try db.execute(sql: "PRAGMA user_version = 9")
    }
    let error = #expect(throws: EstateError.self) { _ = try SQLiteEstate(path: path) }
    #expect(error?.exitCode == 14)
  }
}
