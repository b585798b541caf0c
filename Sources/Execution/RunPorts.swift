package import Engine
package import Planning
package import VolumeActivation

/// Everything of the world that a run touches.
package struct RunPorts: Sendable {
  package var client: any LicensingClient
  package var journal: any Journal
  package var clock: any WallClock
  package var keys: RunKeys
  /// Commands from other terminals; nil when nobody can send any.
  package var inbox: (any Inbox)?
  /// What other plans of the configuration claim; nil when there are none.
  package var estate: (any Estate)?
  /// Yields whenever the process is asked to end: the first time it drains, the second it stops.
  package var stops: AsyncStream<Int>?
  /// Hears what has become durable, in its order; it must not take long.
  package var observe: @Sendable (RunNotice) -> Void

  package init(
    client: any LicensingClient, journal: any Journal, clock: any WallClock, keys: RunKeys,
    inbox: (any Inbox)? = nil, estate: (any Estate)? = nil, stops: AsyncStream<Int>? = nil,
    observe: @escaping @Sendable (RunNotice) -> Void = { _ in }
  ) {
    self.client = client
    self.journal = journal
    self.clock = clock
    self.keys = keys
    self.inbox = inbox
    self.estate = estate
    self.stops = stops
    self.observe = observe
  }
}

/// The keys that a run installs: published ones by the plan's word, MAKs from their secrets.
package struct RunKeys: Sendable {
  /// The MAKs that could be had, by their place in the plan.
  package var maks: [MAKID: ProductKey]

  package init(maks: [MAKID: ProductKey] = [:]) {
    self.maks = maks
  }

  /// The published key that a planned host gets; nil when none ends as the plan says.
  package func clientSetupKey(of host: PlannedHost) -> ProductKey? {
    let records = ClientSetupKeys.published.records(endingWith: host.to)
    return (records.first { $0.edition == host.edition } ?? records.first)?.key
  }
}

/// What became durable with one commit.
package struct RunNotice: Sendable {
  package var events: [Event]
  /// The hosts that changed, as they are now.
  package var hosts: [HostRow]
  package var run: RunState

  package init(events: [Event], hosts: [HostRow], run: RunState) {
    self.events = events
    self.hosts = hosts
    self.run = run
  }
}

/// How a run goes, beside what its plan says.
package struct RunOptions: Hashable, Sendable {
  /// Whether a hold ends the process although hosts are exposed or waiting.
  package var exitOnHold = false
  /// Whether the process ends once what it was told to take back is at rest, and begins no host.
  package var onlyBack = false
  /// How long the first Ctrl-C waits for steps in flight; below systemd's 90 s.
  package var drain = Milliseconds.seconds(30)
  /// How often a run that waits looks at the clocks, to see one that jumped; nil is never.
  package var heartbeat: Milliseconds? = .seconds(20)
  /// How often a full disk is tried again.
  package var roomCheck = Milliseconds.seconds(30)
  /// The plan's file, which the estate names to other plans.
  package var planFile = ""

  package init() {}
}

/// How a run ended.
package enum RunEnding: Hashable, Sendable {
  /// Every wave is closed.
  case finished
  /// It cannot go on without a person or a condition.
  case held
  /// It was asked to end; the next run goes on.
  case interrupted
  /// What it was told to take back is at rest.
  case tookBack
  /// The command that it was started with was refused.
  case refused(Reply.Refusal)
}

/// What a run leaves behind.
package struct RunReport: Sendable {
  package var ending: RunEnding
  package var hosts: [HostRun]
  package var run: RunState
  /// What became of the commands that it was started with, in their order.
  package var replies: [Reply]
}

extension RunReport {
  /// Hosts whose MAK licence is gone and whose KMS licence has not come, with their deadlines;
  /// nobody watches them until the next run.
  package var unwatched: [(host: HostID, deadline: Timestamp?)] {
    hosts.enumerated().compactMap { index, host in
      guard host.touched == .key, host.isInFlux else { return nil }
      return (HostID(rawValue: UInt32(index)), host.deadline)
    }
  }
}

extension HostRun {
  /// Whether it was begun and has not come to rest, or came to rest unlicensed.
  package var isInFlux: Bool {
    switch phase {
    case .planned, .licensed, .restored, .failed, .skipped, .drifted: false
    case .ready, .retrying: touched != .nothing
    case .underWay, .unknown, .waiting, .check, .stranded, .unsettled: true
    }
  }
}

/// Why a run could not begin or go on, beside its journal and its estate.
package enum RunError: Error, Hashable, Sendable {
  /// No published key ends as the plan says for this host.
  case noClientSetupKey(HostName, endsWith: PartialProductKey)
  /// Hosts go back to this MAK, and its key was not supplied.
  case noMAK(PartialProductKey)
  /// The window's time zone is not known on this machine.
  case unknownTimeZone(String)
  /// The journal lacks the checkpoint of a host that was changed.
  case noCheckpoint(HostName)
}

extension RunError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noClientSetupKey(let host, let partial):
      "\(host): no published client setup key ends in \(partial). Plan again with this version."
    case .noMAK(let partial):
      "MAK …\(partial) is the way back of hosts of this plan, and its key was not supplied. "
        + "Name its secret in muster.yaml, or set the variable that is named there."
    case .unknownTimeZone(let name):
      "policy.window: this machine knows no time zone “\(name)”. Install tzdata, or plan again "
        + "with an IANA name such as Europe/Berlin."
    case .noCheckpoint(let host):
      "\(host): the journal holds no checkpoint of it although it was changed. "
        + "Run `muster journal check`."
    }
  }
}
