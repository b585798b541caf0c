import Engine
import Execution
import Planning
import VolumeActivation

/// What became of a command, in words and as a value.
struct ReplyText {
  var plan: Plan

  /// What `--json` prints of it.
  struct Answer: Encodable {
    var format = "muster-answer/1"
    var command: String
    /// `obeyed`, `noted`, `refused`, or `kept` when nobody runs the plan.
    var answer: String
    var text: String
  }

  func answer(_ verb: Command.Verb, _ reply: Reply?) -> Answer {
    let word =
      switch reply {
      case nil: "kept"
      case .obeyed: "obeyed"
      case .noted: "noted"
      case .refused: "refused"
      }
    let command = StoredCommand(Command(id: CommandID(rawValue: ""), verb: verb)).verb
    return Answer(
      command: command, answer: word,
      text: reply.map(line) ?? "Nobody runs the plan now; it is obeyed when `apply` goes on.")
  }

  func line(_ reply: Reply) -> String {
    switch reply {
    case .obeyed: "Done."
    case .noted(let hosts):
      "Noted for \(counted(hosts, "host")): it is obeyed when what is under way has settled."
    case .refused(let refusal): "Refused: \(reason(refusal))"
    }
  }

  /// The exit code of a command that was refused.
  func status(_ refusal: Reply.Refusal) -> ExitStatus {
    switch refusal {
    case .noSuchHold, .notInPlan, .changed, .doesNotApply: .error
    case .activationsShort: .budgetExceeded
    case .countWouldFall: .guardRefused
    }
  }

  private func reason(_ refusal: Reply.Refusal) -> String {
    switch refusal {
    case .noSuchHold:
      "no such hold is open."
    case .notInPlan:
      "the plan has no such wave or host."
    case .changed(let host):
      "\(name(host)) has been changed: it can only go forward, or back with `muster rollback`."
    case .doesNotApply:
      "none of these hosts is where that applies; `muster status` says where they stand."
    case .activationsShort(let mak, let left, let hosts):
      "MAK …\(plan.header.maks[Int(mak.rawValue)].endsWith) has \(left) activations left, and "
        + "\(counted(hosts.count, "host")) would get none: \(names(hosts)). "
        + "Nothing was changed. Roll back fewer hosts, or obtain activations."
    case .countWouldFall(let kmsHost, let count, let leaving, let threshold, let hosts):
      "30 days later the count of \(address(kmsHost)) would fall from \(count) to "
        + "\(count - leaving), below the \(threshold) that those who stay need. "
        + "Of the \(counted(hosts.count, "host")) named, roll back fewer, or all with --all: "
        + "\(names(hosts))."
    }
  }

  private func name(_ host: HostID) -> String { plan.hosts[Int(host.rawValue)].name.rawValue }

  private func names(_ hosts: [HostID]) -> String { HostRanges(hosts.map(name)).line(width: 300) }

  private func address(_ host: KMSHostID) -> String {
    plan.header.kmsHosts[Int(host.rawValue)].address.description
  }
}
