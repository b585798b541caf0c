import Engine
import SimulatedFleet
import VolumeActivation

/// Where in a fleet a machine is found that has a name.
enum Seat: Hashable, Sendable {
  case host(Int)
  /// A KMS host that is none of the fleet's hosts, which nobody migrates.
  case kmsHost(Int)
}

extension FleetBlueprint {
  func seat(of name: HostName) -> Seat? {
    if let place = place(of: name) { return .host(place) }
    return kmsHostPlace(of: name).map { .kmsHost($0) }
  }

  func system(of seat: Seat) -> (version: NTVersion, build: Int) {
    switch seat {
    case .host(let place): (profiles[place].version, profiles[place].build)
    case .kmsHost(let place): (kmsHosts[place].version, kmsHosts[place].build)
    }
  }
}

extension SimulatedFleet {
  func reach(_ seat: Seat, at now: Timestamp) -> Reach {
    switch seat {
    case .host(let place):
      if hosts[place].silentUntil > now { return .silent }
      return hosts[place].quirks.contains(.lockedOut) ? .refusing : .listening
    case .kmsHost(let place): return kmsHosts[place].silentUntil > now ? .silent : .listening
    }
  }

  /// Sends a request that only reads; nil silence means that it is answered at `at`.
  mutating func sendLook(
    to seat: Seat, at now: Timestamp
  ) -> (at: Timestamp, silence: Silence?) {
    switch seat {
    case .host(let place): sendLook(to: place, at: now)
    case .kmsHost(let place): sendReading(of: place, at: now)
    }
  }

  mutating func machine(_ seat: Seat, at now: Timestamp) -> Machine {
    switch seat {
    case .host(let place):
      let profile = blueprint.profiles[place]
      return Machine(
        state(place, at: now), product: profile.product,
        kmsHost: blueprint.kmsHostPlace(of: profile.name).map { state(ofKMSHost: $0, at: now) })
    case .kmsHost(let place): return Machine(state(ofKMSHost: place, at: now))
    }
  }
}
