import Engine
import Execution
import Planning
import VolumeActivation

/// Turns a run's events into lines for a person; what befalls many hosts becomes one line.
struct ProgressLines {
  private let plan: Plan
  private let holds: HoldText
  private let style: Style
  private var steps: [UInt32: Step] = [:]
  private var counts: [KMSHostID: UInt16] = [:]
  /// The word of each host's phase as it was last told.
  private var phases: [String]
  /// What went wrong last on a host, so that a retry that ends alike is no news.
  private var troubles: [HostID: Happening] = [:]
  private var pending: [Happening: Set<HostID>] = [:]
  private var order: [Happening] = []

  /// What is worth a word about a host.
  private enum Happening: Hashable {
    case reached(String)
    case turned(BackReason)
    case refused(Step, HRESULT)
    case silent(Step, Silence)
    case unread(Silence)
  }

  /// - Parameter hosts: Where the hosts stand when the process takes the run up.
  init(plan: Plan, hosts: [HostRun], style: Style) {
    self.plan = plan
    phases = hosts.map(\.phase.word)
    self.style = style
    holds = HoldText(plan: plan)
  }

  /// Takes in what has become durable and returns the lines that cannot wait; `flush` returns the
  /// rest.
  mutating func lines(for notice: RunNotice) -> [String] {
    // Hosts first: a wave that closes is told after what closed it.
    for row in notice.hosts {
      let place = Int(row.id.rawValue)
      let word = row.state.phase.word
      // On its way between two of these a host asks again, which is no news.
      guard row.state.phase.isResting || row.state.phase == .waiting, phases[place] != word
      else { continue }
      phases[place] = word
      note(.reached(word), row.id)
    }
    return notice.events.flatMap { lines(for: $0) }
  }

  private mutating func lines(for event: Event) -> [String] {
    switch event.what {
    case .started(let epoch):
      guard epoch > 1 else { return [] }
      return flush()
        + [stamp(event) + "going on from the journal; what was under way is looked at first"]
    case .looked, .resumed, .unreadable, .gaveUp, .waveSoaked, .commanded:
      return []
    case .window(let open, let until):
      return flush() + [
        stamp(event)
          + "the maintenance window is \(open ? "open" : "closed") until \(Date8601(until))"
      ]
    case .unread(let host, let silence):
      noteTrouble(.unread(silence), host)
      return []
    case .intended(_, let step, let attempt):
      steps[attempt] = step
      return []
    case .answered(let host, let attempt, let outcome):
      guard let step = steps.removeValue(forKey: attempt) else { return [] }
      note(step, outcome, host)
      return []
    case .turned(let host, let reason):
      note(.turned(reason), host)
      return []
    case .read(let id, let reading):
      guard let count = reading.count, counts[id] != count else { return [] }
      counts[id] = count
      return flush() + [stamp(event) + "\(address(id)): count \(count)"]
    case .notRead(let id, let silence):
      return told(event, "\(address(id)) \(words(silence)) when its count was read")
    case .clockJumped(let span):
      return told(event, holds.condition(.clockJumped(span)))
    case .waveOpened(let id):
      return flush() + [stamp(event) + style.bold("\(title(id)) opened")]
    case .waveClosed(let id):
      return flush() + [stamp(event) + style.bold("\(title(id)) closed")]
    case .held(let hold):
      return flush() + told(event, "HELD: " + holds.line(hold))
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
      let (text, tone) = words(happening)
      let title = "          \(counted(hosts.count, "host")) "
      let taken = title.count + text.count + 2
      let names = HostRanges(hosts).line(width: Paragraph.progressWidth - taken)
      return title + style.toned(text, tone) + ": " + names
    }
    pending = [:]
    order = []
    return lines
  }

  private mutating func note(_ step: Step, _ outcome: Outcome, _ host: HostID) {
    switch outcome {
    case .done, .refused(.countTooLow): troubles[host] = nil
    case .refused(let code): noteTrouble(.refused(step, code), host)
    case .silent(let silence): noteTrouble(.silent(step, silence), host)
    }
  }

  private mutating func noteTrouble(_ happening: Happening, _ host: HostID) {
    guard troubles.updateValue(happening, forKey: host) != happening else { return }
    note(happening, host)
  }

  private mutating func note(_ happening: Happening, _ host: HostID) {
    if pending[happening] == nil { order.append(happening) }
    pending[happening, default: []].insert(host)
  }

  private func words(_ happening: Happening) -> (String, Tone) {
    switch happening {
    case .reached("licensed"): ("licensed by KMS", .good)
    case .reached("waiting"): ("counted, waiting at 0xC004F038", .warning)
    case .reached("restored"): ("back on the MAK", .good)
    case .reached("skipped"): ("skipped, unchanged", .plain)
    case .reached("failed"): ("given up, unchanged", .warning)
    case .reached("drifted"): ("changed by somebody else, left alone", .warning)
    case .reached("stranded"): ("stranded, a person must see it", .bad)
    case .reached("unsettled"): ("could not be read for too long, unsettled", .bad)
    case .reached(let word): (word, .plain)
    case .turned(.rescue): ("going back, forward is shut", .warning)
    case .turned(.ordered): ("going back, as asked", .plain)
    case .turned(.undo): ("getting the old KMS settings back", .plain)
    case .refused(let step, let code): ("refused \(step.words) with \(code)", .warning)
    case .silent(let step, let silence): ("\(words(silence)) at \(step.words)", .warning)
    case .unread(let silence): ("\(words(silence)) when read", .warning)
    }
  }

  private func words(_ silence: Silence) -> String {
    switch silence {
    case .unreachable: "could not be reached"
    case .authentication: "refused the account"
    case .lost: "gave no answer"
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

  /// A warning with its time, over as many lines as it takes.
  private func told(_ event: Event, _ text: String) -> [String] {
    let stamp = stamp(event)
    let lines = Paragraph(
      stamp.dropLast(2) + " " + text, hanging: stamp.count, width: Paragraph.progressWidth
    ).lines
    return lines.enumerated().map { place, line in
      place == 0
        ? stamp + style.warning(String(line.dropFirst(stamp.count - 1))) : style.warning(line)
    }
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
    case .rkms: "rkms"
    }
  }
}
