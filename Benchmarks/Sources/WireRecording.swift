import Configuration
import Curl
import Execution
import Foundation
import FrontDoor
import Negotiate
import Planning
import SimulatedFleet
import Synchronization
import VolumeActivation
import WSMan
import WSManSession
import WindowsLicensing

/// The requests that one host of a company is sent, as they are before a seal.
struct WireRecording: Sendable {
  var look: [[UInt8]] = []
  /// A look, the three steps, and a look at the end.
  var migration: [[UInt8]] = []

  /// Migrates the company's first machine behind a door of this process.
  init(_ company: borrowing WireCompany) async throws {
    let file = company.file("http.yaml")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let configuration = try Configuration(
      reading: [.init(file: file, text: text)], environment: [:])
    let inventory = try await Inventory.read(
      Array(try String(contentsOfFile: company.file("inventory.csv"), encoding: .utf8).utf8),
      file: "inventory.csv")
    let now = SystemClock().now()
    let blueprint = FleetBlueprint(
      inventory: inventory, terms: configuration.terms(asOf: now), asOf: now)
    let fleet = MemoryFleet(
      SimulatedFleet(blueprint, seed: 1, tempo: .instant, startingAt: now))
    let recorder = Recorder(try SimulatedWindows(fleet, clock: SystemClock()))
    let users = AcceptorKeys(keytab: nil, ntlmUserFile: company.file("users"))
    let name = HostName(folded: WireCompany.name(1))
    let kmsHost = KMSSetting(KMSAddress(name: HostName(folded: WireCompany.kmsHost)))
    let key = try ProductKey(WireCompany.clientSetupKey)
    (look, migration) = try await FrontDoor(recorder, DoorTerms(keys: users)).serve([.init()]) {
      ports in
      let client = Self.client(port: ports[0])
      _ = try await client.inspect(name)
      let look = recorder.requests
      for action in [LicensingAction.setKMS(kmsHost), .installKey(key), .activate] {
        try await client.perform(action, on: name)
      }
      _ = try await client.inspect(name)
      return (look, recorder.requests)
    }
  }

  private static func client(port: UInt16) -> WindowsClient {
    WindowsClient(
      HostAccess { name in
        Endpoint(
          scheme: .http, host: name.rawValue, port: 5985,
          address: Endpoint.Address(host: "127.0.0.1", port: port))
      } authentication: { name in
        .negotiate(
          .password(
            Secret(WireCompany.password), of: UserName(WireCompany.user), mechanisms: [.ntlm]),
          ServiceName(host: name.rawValue))
      })
  }

  /// Writes the requests of a recording, each to a file.
  ///
  /// - Returns: Their paths, in their order.
  static func write(
    _ requests: [[UInt8]], as name: String, to company: borrowing WireCompany
  ) throws -> [String] {
    try requests.enumerated().map { number, octets in
      try company.write("\(name)-\(number).xml", String(decoding: octets, as: UTF8.self))
      return company.file("\(name)-\(number).xml")
    }
  }
}

/// Notes what a host is asked, and passes it on.
private final class Recorder: Respondent {
  private let windows: SimulatedWindows
  private let noted = Mutex<[[UInt8]]>([])

  init(_ windows: SimulatedWindows) { self.windows = windows }

  var requests: [[UInt8]] { noted.withLock { $0 } }

  func reach(_ host: HostName) async -> Reach { await windows.reach(host) }

  func respond(to incoming: Incoming, on host: HostName) async -> Response {
    if case .request(let request) = incoming, let octets = try? request.envelope() {
      noted.withLock { $0.append(octets) }
    }
    return await windows.respond(to: incoming, on: host)
  }
}
