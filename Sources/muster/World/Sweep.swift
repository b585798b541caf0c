import Execution
import Planning
import VolumeActivation

/// Looks at many hosts, so many at a time; changes nothing.
struct Sweep {
  var client: any LicensingClient
  var width: Int

  /// What each host said, in the order of the names.
  func look(at hosts: [HostName]) async -> [Result<HostState, LicensingFailure>] {
    var sights: [Result<HostState, LicensingFailure>?] = Array(repeating: nil, count: hosts.count)
    await withTaskGroup(of: (Int, Result<HostState, LicensingFailure>).self) { group in
      var next = 0
      func begin() {
        guard next < hosts.count else { return }
        let place = next
        next += 1
        group.addTask { [client] in
          do throws(LicensingFailure) {
            return (place, .success(try await client.inspect(hosts[place])))
          } catch {
            return (place, .failure(error))
          }
        }
      }
      for _ in 0..<max(1, width) { begin() }
      while let (place, sight) = await group.next() {
        sights[place] = sight
        begin()
      }
    }
    return sights.map { $0 ?? .failure(.lost("not looked at")) }
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
