import Engine
import Execution
import Planning
import Synchronization
import VolumeActivation

/// Notes every change that is sent although the journal does not hold its intent yet.
final class WitnessingClient: LicensingClient {
  private let client: any LicensingClient
  private let journal: MemoryJournal
  private let plan: Plan
  private let seen = Mutex<(changes: Int, breaches: [HostName])>((0, []))

  init(_ client: any LicensingClient, journal: MemoryJournal, plan: Plan) {
    self.client = client
    self.journal = journal
    self.plan = plan
  }

  var changes: Int { seen.withLock { $0.changes } }
  var breaches: [HostName] { seen.withLock { $0.breaches } }

  func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState {
    try await client.inspect(host)
  }

  func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState {
    try await client.readKMSHost(host)
  }

  func perform(_ action: LicensingAction, on host: HostName) async throws(LicensingFailure) {
    let place = plan.hosts.firstIndex { $0.name == host }.map { HostID(rawValue: UInt32($0)) }
    let last = journal.allEvents.last { $0.host == place }
    let isIntended = last?.kind == .intended && Self.steps(action).contains { $0 == last?.step }
    seen.withLock { seen in
      seen.changes += 1
      if !isIntended { seen.breaches.append(host) }
    }
    try await client.perform(action, on: host)
  }

  private static func steps(_ action: LicensingAction) -> [Step] {
    switch action {
    case .setKMS: [.skms, .rkms]
    case .installKey: [.ipk, .ipkMAK]
    case .activate: [.ato, .atoMAK]
    case .deposit: [.cid]
    }
  }
}
