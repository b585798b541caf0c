import FrontDoor
import SimulatedFleet
import Testing
import VolumeActivation
import WSMan

/// Enumerations as foreign clients make them: in pieces, of whole classes, given up.
struct EnumerationTests {
  private static let product = ResourceURI.licensing("SoftwareLicensingProduct")

  private static func served(_ model: Model) throws -> (ServedFleet, HostName) {
    (try ServedFleet(try Models.fleet([model], channels: [.mak])), try model.host(.mak))
  }

  private static func all(
    of resource: ResourceURI = product, maximum: Int, isOptimized: Bool = true
  ) -> WSMan.Operation {
    .enumerate(
      Enumeration(source: .all(of: resource), maximum: maximum, isOptimized: isOptimized))
  }

  private static func pull(_ context: EnumerationContext, maximum: Int = 1) -> WSMan.Operation {
    .pull(product, context, maximum: maximum)
  }

  /// The IDs of all products, by one Enumerate and as many Pulls as it takes.
  private static func ids(
    _ first: WSMan.Operation, _ served: ServedFleet, _ host: HostName, maximum: Int,
    envelope: Int = Request.safeEnvelope
  ) async throws -> [[String]] {
    var page = try await served.send(first, to: host, envelope: envelope).page()
    var pages = [try page.instances.map { try $0.string("ID") ?? "" }]
    while let context = page.next {
      page = try await served.send(
        pull(context, maximum: maximum), to: host, envelope: envelope
      ).page()
      pages.append(try page.instances.map { try $0.string("ID") ?? "" })
    }
    return pages
  }

  @Test(arguments: Model.allCases, [true, false])
  func `products come in pieces, however they are asked for`(
    model: Model, isOptimized: Bool
  ) async throws {
    let (served, host) = try Self.served(model)
    let whole = try await Self.ids(Self.all(maximum: 50), served, host, maximum: 50)
    #expect(whole.count == 1)
    #expect(Set(whole[0]).count == whole[0].count)
    #expect(whole[0].count == (model.isNewest ? 4 : 3))
    let pieces = try await Self.ids(
      Self.all(maximum: 2, isOptimized: isOptimized), served, host, maximum: 1)
    #expect(pieces[0].count == (isOptimized ? 2 : 0))
    #expect(pieces.dropFirst().allSatisfy { $0.count == 1 })
    #expect(pieces.flatMap { $0 } == whole[0])
  }

  @Test func `an envelope that is too small for all rows holds as many as it can`() async throws {
    let (served, host) = try Self.served(.windows10)
    let pages = try await Self.ids(
      Self.all(maximum: 50), served, host, maximum: 50, envelope: 8192)
    #expect(pages.count > 1)
    #expect(pages.allSatisfy { !$0.isEmpty })
    #expect(pages.flatMap { $0 }.count == 4)
  }

  @Test func `a row that is larger than the envelope is not sent`() async throws {
    let (served, host) = try Self.served(.windows10)
    for operation in [
      Self.all(maximum: 1), .get(InstancePath(.licensing("Win32_OperatingSystem"))),
    ] {
      let request = Request(operation, endpoint: "", maximumEnvelope: 600)
      let answer = try await served.answer(.request(request), host)
      guard case .fault(let fault, _) = answer.body else {
        Issue.record("the answer is \(answer.body)")
        continue
      }
      #expect(fault.subcode == .encodingLimit)
    }
  }

  @Test func `a star fetches whole instances, a list of columns fragments`() async throws {
    let (served, host) = try Self.served(.windows10)
    let whole = try await served.send(
      .query(try WQLQuery(parsing: "SELECT * FROM SoftwareLicensingService")), to: host
    ).page()
    let row = try #require(whole.instances.first)
    #expect(row.element.localName == "SoftwareLicensingService")
    #expect(try row.string("Version") == "10.0.19045.1")
    let some = try await served.query(["Version"], from: "SoftwareLicensingService", on: host)
    #expect(some.first?.element.localName == "XmlFragment")
  }

  @Test(arguments: Model.allCases)
  func `each instance is got by its keys`(model: Model) async throws {
    let (served, host) = try Self.served(model)
    let keys: [(CIMName, [CIMName])] = [
      ("SoftwareLicensingService", ["Version"]), ("SoftwareLicensingProduct", ["ID"]),
      ("Win32_OperatingSystem", ["Name"]), ("Win32_ComputerSystem", ["Name"]),
      ("Win32_ComputerSystemProduct", ["IdentifyingNumber", "Name", "Version"]),
    ]
    for (name, keys) in keys {
      for row in try await served.query(keys, from: name, on: host) {
        let selectors = try keys.map { Selector($0, try row.string($0) ?? "") }
        let got = try await served.send(
          .get(InstancePath(.licensing(name), selectors)), to: host
        ).instance()
        #expect(got.element.localName == name.rawValue)
        for key in keys { #expect(try got.string(key) == row.string(key)) }
      }
    }
    let only = try await served.send(
      .get(InstancePath(.licensing("Win32_OperatingSystem"))), to: host
    ).instance()
    #expect(try only.string("BuildNumber") == String(model.build))
  }

  @Test func `a context is good for one use, for its resource, and until it is released`()
    async throws
  {
    let (served, host) = try Self.served(.windows10)
    func begin() async throws -> EnumerationContext {
      try #require(try await served.send(Self.all(maximum: 1), to: host).page().next)
    }
    let used = try await begin()
    _ = try await served.send(Self.pull(used), to: host)
    let released = try await begin()
    try await served.send(.release(Self.product, released), to: host).released()
    for context in [used, released, EnumerationContext("nothing of the kind")] {
      let fault = try await served.fault(Self.pull(context), to: host)
      #expect(fault.subcode == .invalidEnumerationContext)
    }
    let other = try await begin()
    let fault = try await served.fault(
      .pull(.licensing("SoftwareLicensingService"), other, maximum: 1), to: host)
    #expect(fault.subcode == .invalidParameter)
    _ = try await served.send(Self.pull(other), to: host)
  }

  @Test(arguments: [Model.windows7, .windows10])
  func `a context that nobody comes back for expires`(model: Model) async throws {
    let (served, host) = try Self.served(model)
    let seconds: Int64 = model.isNewest ? 240 : 60
    let (before, after) = try #require(
      VirtualExecutor(clock: served.clock).run {
        () -> (before: FaultSubcode?, after: FaultSubcode?) in
        func subcode(after pause: Milliseconds) async -> FaultSubcode? {
          do {
            let page = try await served.send(Self.all(maximum: 1), to: host).page()
            try await served.clock.sleep(for: pause)
            _ = try await served.send(Self.pull(page.next ?? EnumerationContext("")), to: host)
            return nil
          } catch ReplyError.fault(let fault) {
            return fault.subcode
          } catch {
            return FaultSubcode(rawValue: "\(error)")
          }
        }
        return (
          await subcode(after: .seconds(seconds - 1)), await subcode(after: .seconds(seconds))
        )
      })
    #expect(before == nil)
    #expect(after == .invalidEnumerationContext)
  }

  @Test func `a user has so many operations at a time and no more`() async throws {
    let (served, host) = try Self.served(.windows7)
    var contexts: [EnumerationContext] = []
    for _ in 0..<15 {
      let page = try await served.send(Self.all(maximum: 1), to: host).page()
      contexts.append(try #require(page.next))
    }
    let full = try await served.fault(Self.all(maximum: 1), to: host)
    #expect(full.isQuota)
    #expect(full.subcode == .quotaLimit)
    // Going on with what is open takes no further place, and ending it frees one.
    let page = try await served.send(Self.pull(contexts[0]), to: host).page()
    #expect(try await served.fault(Self.all(maximum: 1), to: host).isQuota)
    try await served.send(.release(Self.product, try #require(page.next)), to: host).released()
    _ = try await served.send(Self.all(maximum: 50), to: host)
  }

  @Test(arguments: [(Model.windows7, 15), (.windows10, 1500)])
  func `requests in flight are operations too`(model: Model, limit: Int) throws {
    let served = try ServedFleet(
      try Models.fleet([model], channels: [.mak]), tempo: .usual)
    let host = try model.host(.mak)
    let system = WSMan.Operation.get(InstancePath(.licensing("Win32_OperatingSystem")))
    let refused = VirtualExecutor(clock: served.clock).run {
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<(limit + 2) {
          group.addTask {
            do {
              _ = try await served.send(system, to: host)
              return false
            } catch ReplyError.fault(let fault) {
              return fault.isQuota
            } catch {
              return false
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
    }
    #expect(refused == 2)
  }

  @Test func `nothing is enumerated where there is nothing`() async throws {
    let (served, host) = try Self.served(.windows10)
    let page = try await served.send(Self.all(of: .registry, maximum: 5), to: host).page()
    #expect(page.instances.isEmpty)
    #expect(page.next == nil)
  }
}
