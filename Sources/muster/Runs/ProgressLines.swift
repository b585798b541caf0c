import Engine
import Planning
import VolumeActivation

/// Turns a run's events into lines for a person; what befalls many hosts becomes one line.
struct ProgressLines {
  private let plan: Plan
  private let holds: HoldText
  private let style: Style
  private var steps: [UInt32: Step] = [:]
  private var counts: [KMSHostID: UInt16] = [:]
  private var pending: [Happening: [HostID]] = [:]
  private var order: [Happening] = []

  /// What is worth a word about a host.
  private enum Happening: Hashable {
    case licensed
    case waiting
    case restored
    case turned(BackReason)
    case refused(Step, HRESULT)
    case silent(Step, Silence)
    case unread(Silence)
    case unsettled
  }

  init(plan: Plan, style: Style) {
    self.plan = plan
    self.style = style
    holds = HoldText(plan: plan)
  }

  /// Folds an event in and returns the lines that cannot wait; `flush` returns the rest.
  mutating func lines(for event: Event) -> [String] {
    switch event.what {
    case .started(let epoch):
      guard epoch > 1 else { return [] }
      return flush()
        + [stamp(event) + "going on from the journal; what was under way is looked at first"]
    case .looked, .resumed, .waveSoaked, .commanded:
      return []
    case .unread(let host, let silence):
      note(.unread(silence), host)
      return []
    case .intended(_, let step, let attempt):
      steps[attempt] = step
      return []
    case .answered(let host, let attempt, let outcome):
      guard let step = steps.removeValue(forKey: attempt) else { return [] }
      return note(step, outcome, host)
    case .turned(let host, let reason):
      note(.turned(reason), host)
      return []
    case .unsettled(let host):
      note(.unsettled, host)
      return []
    case .read(let id, let reading):
      guard let count = reading.count, counts[id] != count else { return [] }
      counts[id] = count
      return flush() + [stamp(event) + "\(address(id)): count \(count)"]
    case .notRead(let id, let silence):
      return [stamp(event) + style.warning("\(address(id)): count not read, \(words(silence))")]
    case .clockJumped(let span):
      return [stamp(event) + style.warning("the wall clock jumped by \(duration(span))")]
    case .waveOpened(let id):
      return flush() + [stamp(event) + style.bold("\(title(id)) opened")]
    case .waveClosed(let id):
      return flush() + [stamp(event) + style.bold("\(title(id)) closed")]
    case .held(let hold):
      return flush() + [stamp(event) + style.warning("HELD: " + holds.line(hold))]
    case .released(let id):
      return flush() + [stamp(event) + "hold \(id.rawValue) released"]
    case .finished:
      return flush() + [stamp(event) + style.bold("finished")]
    }
  }

  /// What befell hosts since the last flush, one line for each kind of thing.
  mutating func flush() -> [String] {
    let lines = order.map { happening in
      let hosts = (pending[happening] ?? []).map { plan.hosts[Int($0.rawValue)].name.rawValue }
      return "          \(counted(hosts.count, "host")) \(text(happening)): "
        + HostRanges(hosts).line()
    }
    pending = [:]
    order = []
    return lines
  }

  private mutating func note(_ step: Step, _ outcome: Outcome, _ host: HostID) -> [String] {
    switch (outcome, step) {
    case (.done, .ato): note(.licensed, host)
    case (.done, .rkms): note(.restored, host)
    case (.done, _): break
    case (.refused(.countTooLow), .ato): note(.waiting, host)
    case (.refused(let code), _): note(.refused(step, code), host)
    case (.silent(let silence), _): note(.silent(step, silence), host)
    }
    return []
  }

  private mutating func note(_ happening: Happening, _ host: HostID) {
    if pending[happening] == nil { order.append(happening) }
    pending[happening, default: []].append(host)
  }

  private func text(_ happening: Happening) -> String {
    switch happening {
    case .licensed: style.good("licensed by KMS")
    case .waiting: style.warning("counted, waiting at 0xC004F038 for the threshold")
    case .restored: style.good("back on the MAK")
    case .turned(.rescue): style.warning("going back, forward is shut")
    case .turned(.ordered): "going back, as asked"
    case .refused(let step, let code): style.warning("refused \(step.words) with \(code)")
    case .silent(let step, let silence): style.warning("\(words(silence)) at \(step.words)")
    case .unread(let silence): style.warning("could not be read, \(words(silence))")
    case .unsettled: style.bad("could not be read for too long: unsettled")
    }
  }

  private func words(_ silence: Silence) -> String {
    switch silence {
    case .unreachable: "unreachable"
    case .authentication: "the account was refused"
    case .lost: "no answer"
    }
  }

  private func title(_ id: WaveID) -> String {
    let wave = plan.waves[Int(id.rawValue)]
    return "wave \(wave.number) (\(wave.kind.rawValue), \(counted(wave.hosts, "host")), "
      + "\(address(wave.kmsHost)))"
  }

  private func address(_ id: KMSHostID) -> String {
    plan.header.kmsHosts[Int(id.rawValue)].address.description
  }

  /// `20:01:07  `, in UTC.
  private func stamp(_ event: Event) -> String {
    String(Date8601(event.at).description.dropFirst(11).prefix(8)) + "  "
  }
}

extension Step {
  /// What slmgr calls it, and the key meant.
  var words: String {
    switch self {
    case .skms: "skms"
    case .ipk: "ipk"
    case .ato: "ato"
    case .ipkMAK: "ipk of the MAK"
    case .cid: "atp"
    case .atoMAK: "ato of the MAK"
    case .rkms: "the old KMS settings"
    }
  }
}
