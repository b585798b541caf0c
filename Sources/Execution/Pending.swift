import Engine
import Planning
import VolumeActivation

/// What was folded and is not yet durable.
struct Pending: Sendable {
  var events: [Event] = []
  /// What is to be sent once the events are durable.
  var effects: [Effect] = []
  var checkpoints: [Checkpoint] = []
  var answers: [CommandAnswer] = []
  /// The hosts that changed, as often as they did.
  var hosts: [HostID] = []

  var isEmpty: Bool { events.isEmpty }

  /// The hosts that changed, each once and in the order of the plan.
  var changedHosts: [HostID] {
    var last: HostID?
    return hosts.sorted().filter { host in
      defer { last = host }
      return host != last
    }
  }

  /// Puts what a commit failed to write before what came since.
  mutating func putBack(_ earlier: Pending) {
    events.insert(contentsOf: earlier.events, at: 0)
    effects.insert(contentsOf: earlier.effects, at: 0)
    checkpoints.insert(contentsOf: earlier.checkpoints, at: 0)
    answers.insert(contentsOf: earlier.answers, at: 0)
    hosts.insert(contentsOf: earlier.hosts, at: 0)
  }
}
