import Planning
import VolumeActivation

/// The keys of `transport:` as the files have them, the last file's first; what they say together
/// is known when all files are read.
struct TransportSettings {
  private var values: [String: YAMLValue] = [:]
  private var place = InputError.Place(file: "muster.yaml")
  /// Whether the policy says how many hosts are in flight, which is not the transport's then.
  var policyHasConcurrency = false

  private enum Kind: String, CaseIterable {
    case simulated, winrm

    var keys: [String] {
      switch self {
      case .simulated: ["fleet", "speed", "seed", "counts", "faults"]
      case .winrm: WinRMSettings.Key.allCases.map(\.rawValue)
      }
    }
  }

  private static let sharedKeys = ["kind", "concurrency"]

  /// Takes the keys of one file: those of the kind it names, or of any kind when it names none.
  mutating func take(_ transport: YAMLValue) throws(InputError) {
    place = transport.place
    let all = Self.sharedKeys + Kind.allCases.flatMap(\.keys)
    let entries = try transport.entries(all)
    let kind = try entries.first { $0.key == "kind" }.map { entry throws(InputError) in
      try Self.kind(entry.value)
    }
    if let kind { _ = try transport.entries(Self.sharedKeys + kind.keys) }
    for (key, value) in entries {
      // Also what is never used is no place for a product key.
      if key != "counts" { _ = try value.text() }
      values[key] = value
    }
  }

  private static func kind(_ value: YAMLValue) throws(InputError) -> Kind {
    guard let kind = Kind(rawValue: try value.text()) else {
      throw value.mismatch("simulated or winrm")
    }
    return kind
  }

  /// How many hosts are looked at together; nil when nobody says.
  func concurrency() throws(InputError) -> Int? {
    try values["concurrency"]?.number(1...100_000)
  }

  /// What the keys say together.
  func transport(_ kmsHosts: [DeclaredKMSHost]) throws(InputError) -> Transport {
    guard let kind = values["kind"] else { return .none }
    switch try Self.kind(kind) {
    case .simulated: return .simulated(try simulated(kmsHosts))
    case .winrm: return .winrm(try WinRMSettings(values, place).transport())
    }
  }

  private func simulated(_ kmsHosts: [DeclaredKMSHost]) throws(InputError) -> SimulatedTransport {
    var simulated = SimulatedTransport(place: values["faults"]?.place ?? place)
    if let fleet = try values["fleet"]?.text() { simulated.fleet = fleet }
    if let value = values["speed"] {
      guard let speed = Double(try value.text()), speed > 0, speed.isFinite else {
        throw value.mismatch("a number above 0")
      }
      simulated.speed = speed
    }
    if let value = values["seed"] {
      guard let seed = UInt64(try value.text()) else { throw value.mismatch("a whole number") }
      simulated.seed = seed
    }
    if let value = values["counts"] { simulated.counts = try Self.counts(value, of: kmsHosts) }
    if let faults = try values["faults"]?.text() { simulated.faults = faults }
    return simulated
  }

  /// The true counts of simulated KMS hosts, by names that `kmsHosts` has.
  private static func counts(
    _ value: YAMLValue, of kmsHosts: [DeclaredKMSHost]
  ) throws(InputError) -> [KMSAddress: Int] {
    var counts: [KMSAddress: Int] = [:]
    for (name, count) in try value.entries(kmsHosts.map { "\($0.address)" }) {
      guard let address = KMSAddress(name) else { continue }
      counts[address] = try count.number(0...1_000_000)
    }
    return counts
  }
}
