import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// Hosts that are silent, that refuse, and that take their time.
struct ReachTests {
  private static let system = WSMan.Operation.get(
    InstancePath(.licensing("Win32_OperatingSystem")))

  /// What goes wrong every time.
  enum Trouble: Sendable {
    case gone, lockedOut, lostRequest, lostReply, late, refused, accessDenied, unreachable

    fileprivate var chance: WritableKeyPath<FaultProfile, Double> {
      switch self {
      case .gone: \.gone
      case .lockedOut: \.lockedOut
      case .lostRequest: \.lostRequest
      case .lostReply: \.lostReply
      case .late: \.late
      case .refused: \.refused
      case .accessDenied: \.accessDenied
      case .unreachable: \.unreachable
      }
    }
  }

  private static func served(
    _ trouble: Trouble?, tempo: Tempo = .instant
  ) throws -> (ServedFleet, HostName) {
    var faults = FaultProfile(name: "one")
    if let trouble { faults[keyPath: trouble.chance] = 1 }
    let blueprint = try Models.fleet([.windows10], channels: [.mak])
    return (
      try ServedFleet(blueprint, faults: faults, tempo: tempo), try Model.windows10.host(.mak)
    )
  }

  /// What comes of an operation, and how long that takes.
  private static func result(
    _ operation: WSMan.Operation, _ served: ServedFleet, _ host: HostName,
    timeout: CIMInterval = .seconds(60)
  ) throws -> (text: String, span: Milliseconds) {
    try #require(
      VirtualExecutor(clock: served.clock).run {
        let start = served.clock.now()
        let text: String
        do {
          _ = try await served.send(operation, to: host, timeout: timeout)
          text = "done"
        } catch ReplyError.fault(let fault) {
          text = fault.subcode?.rawValue ?? "fault"
        } catch {
          text = "\(error)"
        }
        return (text, served.clock.now() - start)
      })
  }

  @Test func `a name that no machine has is silent`() async throws {
    let (served, _) = try Self.served(nil)
    let nobody = try #require(HostName("nobody.contoso.com"))
    #expect(await served.windows.reach(nobody) == .silent)
    await #expect(throws: ServedFleet.NoAnswer.silence) {
      try await served.send(Self.system, to: nobody)
    }
  }

  @Test func `who is there listens, KMS hosts too`() async throws {
    let (served, host) = try Self.served(nil)
    #expect(await served.windows.reach(host) == .listening)
    #expect(await served.windows.reach(try Models.kmsHost()) == .listening)
  }

  @Test(arguments: [
    (Trouble.gone, Reach.silent, "silence"), (.lockedOut, .refusing, "refused"),
  ])
  func `a host that is gone or refuses the account says so at once`(
    trouble: Trouble, reach: Reach, text: String
  ) async throws {
    let (served, host) = try Self.served(trouble)
    #expect(await served.windows.reach(host) == reach)
    let result = try Self.result(Self.system, served, host)
    #expect(result.text == text)
    #expect(result.span == .zero)
  }

  @Test(arguments: [
    (Trouble.lostRequest, "silence", 3), (.lostReply, "silence", 3),
    (.accessDenied, "refused", 1), (.unreachable, "silence", 1), (.refused, "done", 0),
  ])
  func `each read draws its own fault`(
    trouble: Trouble, text: String, seconds: Int64
  ) throws {
    let (served, host) = try Self.served(trouble)
    let result = try Self.result(Self.system, served, host)
    #expect(result.text == text)
    #expect(result.span == .seconds(seconds))
  }

  @Test(arguments: [
    (Trouble.lostRequest, "silence", false), (.lostReply, "silence", true),
    (.late, "silence", false), (.refused, "InternalError", false),
    (.accessDenied, "refused", false), (.unreachable, "silence", false),
  ])
  func `each change draws its own fault, and is done or not as that says`(
    trouble: Trouble, text: String, isDone: Bool
  ) throws {
    let (served, host) = try Self.served(trouble)
    let service = InstancePath(
      .licensing("SoftwareLicensingService"), [Selector("Version", "10.0.19045.1")])
    let result = try Self.result(
      .invoke("InstallProductKey", of: service, ["ProductKey": .string(Models.clientKey)]),
      served, host)
    #expect(result.text == text)
    #expect(try served.deeds().isEmpty == !isDone)
  }

  @Test func `an operation whose time is over goes on without its client`() throws {
    let (served, host) = try Self.served(nil, tempo: .usual)
    let service = InstancePath(
      .licensing("SoftwareLicensingService"), [Selector("Version", "10.0.19045.1")])
    let result = try Self.result(
      .invoke("InstallProductKey", of: service, ["ProductKey": .string(Models.clientKey)]),
      served, host, timeout: .seconds(3))
    #expect(result.text == "TimedOut")
    #expect(result.span == .seconds(3))
    #expect(try served.deeds().isEmpty)
    let later = served.clock.now() + .minutes(1)
    try served.home.use(at: later) { #expect($0.ledger.map(\.kind) == [.installKey]) }
  }

  @Test func `a read takes its time on the fleet's clock`() throws {
    let (served, host) = try Self.served(nil, tempo: .usual)
    let result = try Self.result(Self.system, served, host)
    #expect(result.text == "done")
    #expect(Tempo.usual.look.contains(result.span))
  }

  @Test(arguments: [Model.vista, .windows7, .windows10])
  func `a host says what it is`(model: Model) async throws {
    let served = try ServedFleet(try Models.fleet([model], channels: [.mak]))
    let incoming = try Incoming(parsing: Identify.request)
    let answer = try await served.answer(incoming, try model.host(.mak))
    let reply = try ReplyEnvelope(parsing: try answer.envelope(), answering: nil)
    let stack = model.isNewest ? "3.0" : "2.0"
    #expect(
      try reply.identity()
        == HostIdentity(
          vendor: "Microsoft Corporation",
          version: "OS: \(model.version).\(model.build) SP: 0.0 Stack: \(stack)"))
  }
}
