import Execution
import Planning
import VolumeActivation

/// Looks at many hosts, so many at a time; changes nothing.
struct Sweep {
  var client: any LicensingClient
  var width: Int

  /// What each host said, in the order of the names.
  func look(at hosts: [HostName]) async -> [Sight] {
    var sights: [Int: Sight] = [:]
    await withTaskGroup(of: (Int, Sight).self) { group in
      var waiting = hosts.enumerated().makeIterator()
      for _ in 0..<max(1, width) {
        guard let (place, host) = waiting.next() else { break }
        group.addTask { (place, await look(at: host)) }
      }
      while let (place, sight) = await group.next() {
        sights[place] = sight
        guard let (place, host) = waiting.next() else { continue }
        group.addTask { (place, await look(at: host)) }
      }
    }
    return hosts.indices.map { sights[$0] ?? .failure(.lost("not looked at")) }
  }

  typealias Sight = Result<HostState, LicensingFailure>

  private func look(at host: HostName) async -> Sight {
    do {
      return .success(try await client.inspect(host))
    } catch {
      return .failure(error)
    }
  }
}

/// A KMS host's count as it is now.
struct KMSSight: Encodable {
  var address: KMSAddress
  /// nil when it could not be read.
  var count: Int?
  /// The greatest threshold in play.
  var threshold: Int

  var holds: Bool { (count ?? 0) >= threshold }

  static func read(_ host: PlannedKMSHost, with client: any LicensingClient) async -> KMSSight {
    let state = try? await client.readKMSHost(host.address)
    return KMSSight(
      address: host.address, count: state?.count,
      threshold: host.projections.map(\.threshold).max() ?? 0)
  }
}

extension LicensingFailure {
  /// What happened, in words.
  var words: String {
    switch self {
    case .unreachable(let text), .authentication(let text), .lost(let text): text
    case .refused(let code): "refused with \(code)"
    }
  }
}
