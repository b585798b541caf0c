package import Engine
import FoundationEssentials
import Planning
import VolumeActivation

extension StoredEvent {
  /// Reads the event back.
  ///
  /// Throws when something is missing or is no value that any version wrote.
  package func event() throws(StoredEventError) -> Event {
    Event(at: at, try what())
  }

  private func what() throws(StoredEventError) -> Event.What {
    switch kind {
    case .started: .started(epoch: try number())
    case .looked: .looked(try subject(), try read(StoredLook.self) { try $0.look })
    case .unread: .unread(try subject(), try silence())
    case .answered: .answered(try subject(), attempt: try attemptNumber(), try outcome())
    case .read:
      .read(KMSHostID(rawValue: try number()), try read(StoredReading.self) { $0.reading })
    case .notRead: .notRead(KMSHostID(rawValue: try number()), try silence())
    case .commanded: .commanded(try read(StoredCommand.self) { try $0.command })
    case .clockJumped: .clockJumped(Milliseconds(rawValue: try number()))
    case .window:
      .window(
        open: try word(of: ["open", "closed"]) == "open", until: Timestamp(rawValue: try number()))
    case .intended: .intended(try subject(), try intendedStep(), attempt: try attemptNumber())
    case .turned: .turned(try subject(), try backReason())
    case .resumed: .resumed(try subject())
    case .unreadable: .unreadable(try subject())
    case .gaveUp: .gaveUp(try subject())
    case .waveOpened: .waveOpened(WaveID(rawValue: try number()))
    case .waveSoaked: .waveSoaked(WaveID(rawValue: try number()))
    case .waveClosed: .waveClosed(WaveID(rawValue: try number()))
    case .held:
      .held(try heldHold())
    case .released: .released(HoldID(rawValue: try number()))
    case .finished: .finished
    }
  }

  private func fault(_ problem: String) -> StoredEventError {
    StoredEventError(sequence: sequence, problem: "\(kind.rawValue) \(problem)")
  }

  private func subject() throws(StoredEventError) -> HostID {
    guard let host else { throw fault("names no host") }
    return host
  }

  private func number<Number: FixedWidthInteger>() throws(StoredEventError) -> Number {
    guard let code, let number = Number(exactly: code) else { throw fault("has no number") }
    return number
  }

  private func attemptNumber() throws(StoredEventError) -> UInt32 {
    guard let attempt else { throw fault("names no attempt") }
    return attempt
  }

  private func intendedStep() throws(StoredEventError) -> Step {
    guard let step else { throw fault("names no step") }
    return step
  }

  private func word(of words: [String]) throws(StoredEventError) -> String {
    let word = String((detail ?? "").dropFirst().dropLast())
    guard words.contains(word) else { throw fault("says \(detail ?? "nothing")") }
    return word
  }

  private func silence() throws(StoredEventError) -> Silence {
    let silences = [Silence.unreachable, .authentication, .lost]
    let said = try word(of: silences.map(\.word))
    return silences.first { $0.word == said } ?? .lost
  }

  private func backReason() throws(StoredEventError) -> BackReason {
    let reasons = [BackReason.rescue, .ordered, .undo]
    let said = try word(of: reasons.map(\.word))
    return reasons.first { $0.word == said } ?? .rescue
  }

  private func outcome() throws(StoredEventError) -> Outcome {
    if detail != nil { return .silent(try silence()) }
    guard code != nil else { return .done }
    return .refused(HRESULT(rawValue: try number()))
  }

  private func heldHold() throws(StoredEventError) -> Hold {
    let id = HoldID(rawValue: try number())
    return try read(StoredHold.self) { try $0.hold(id: id) }
  }

  private func read<Stored: Decodable, Value>(
    _ type: Stored.Type, _ value: (Stored) throws -> Value
  ) throws(StoredEventError) -> Value {
    do {
      return try value(try JSONDecoder().decode(type, from: Data((detail ?? "").utf8)))
    } catch {
      throw fault("cannot be read: \(error)")
    }
  }
}

/// A look as `Look.json` writes it.
private struct StoredLook: Decodable {
  var key: String
  var booted: Int64
  var licensed: Bool?
  var points: Bool?
  var settings: Bool?
  var same: Bool?
  var confirmation: Bool?
  var addOnsLost: Bool?
  var grace: UInt16?
  var obstacles: UInt8?
  var machine: UInt32?
  var skew: Int16?

  var look: Look {
    get throws {
      guard
        let installed = [InstalledKey.original, .target, .other].first(where: { $0.word == key })
      else { throw StoredWordError(word: key) }
      return Look(
        key: installed, licensed: licensed ?? false, pointsAtKMSHost: points ?? false,
        settingsAsBefore: settings ?? false, sameMachine: same ?? false,
        confirmationFits: confirmation ?? false, addOnsAsBefore: !(addOnsLost ?? false),
        obstacles: Obstacles(rawValue: obstacles ?? 0), graceMinutes: grace ?? 0,
        machine: machine ?? 0, skewMinutes: skew ?? 0, bootedAt: Timestamp(rawValue: booted))
    }
  }
}
