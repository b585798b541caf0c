import Engine
import Execution
import Foundation
import Planning
import SQLiteJournal
import SimulatedFleet
import TestProgram
import Testing
import VolumeActivation

/// What a run knows of itself, from its journal and from `status`.
struct RunRecord {
  /// What `status --json` says.
  struct Status: Decodable {
    struct MAK: Decodable { var spent: Int }
    struct Hold: Decodable { var reason: String }
    var finished: Bool
    var phases: [String: Int]
    var maks: [MAK]
    var holds: [Hold]

    /// Hosts that a person must see.
    var bad: Int {
      ["failed", "stranded", "drifted", "unsettled"].reduce(0) { $0 + (phases[$1] ?? 0) }
    }
  }

  /// How often each host was to be changed so, which is before anything was sent.
  private(set) var intents: [String: [Deed.Kind: Int]] = [:]
  /// Hosts that the run takes for exposed.
  let exposed: Set<String>
  let status: Status

  init(of company: ServedCompany) async throws {
    let view = try RunView(folder: company.folder)
    exposed = Set(await view.exposed())
    let said = try await company.run(["status", "plan.jsonl", "--json"])
    status = try JSONDecoder().decode(Status.self, from: Data(said.output.utf8))
    let journal = try JournalReader(files: view.files, plan: view.plan.digest)
    for stored in try journal.events(after: 0, limit: .max) {
      guard case .intended(let host, let step, _) = try stored.event().what else { continue }
      let name = view.plan.hosts[Int(host.rawValue)].name.rawValue
      intents[name, default: [:]][step.deed, default: 0] += 1
    }
  }

  /// What must hold however badly the wire behaved.
  func expectTruth(of company: ServedCompany) throws {
    let deeds = try company.deeds()
    #expect(deeds.hosts.isSubset(of: Company.onMAK))
    var found: [String: [Deed.Kind: Int]] = [:]
    for deed in deeds { found[deed.host, default: [:]][deed.kind, default: 0] += 1 }
    for (host, kinds) in found {
      for (kind, count) in kinds {
        #expect(count <= intents[host]?[kind] ?? 0, "\(host) met \(kind) more often than intended")
      }
    }
    #expect(deeds.spent.values.reduce(0, +) <= status.maks.reduce(0) { $0 + $1.spent })
    let unlicensed = try company.states().filter {
      Company.onMAK.contains($0.key) && $0.value.status != .licensed
    }
    #expect(Set(unlicensed.keys).isSubset(of: exposed), "exposed and not known to be")
  }
}

extension Step {
  /// What comes of it on the host.
  fileprivate var deed: Deed.Kind {
    switch self {
    case .skms, .rkms: .setKMS
    case .ipk, .ipkMAK: .installKey
    case .ato, .atoMAK: .activate
    case .cid: .deposit
    }
  }
}
