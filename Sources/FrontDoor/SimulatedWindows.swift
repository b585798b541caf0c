package import Execution
package import SimulatedFleet
package import VolumeActivation
package import WSMan

/// The hosts of a simulated fleet as WMI over WS-Management shows them.
///
/// Every request takes its time on the fleet's clock and may get lost, as calls of the fleet do.
package struct SimulatedWindows: Respondent {
  let home: any FleetHome
  let clock: any WallClock
  private let blueprint: FleetBlueprint
  private let operations = OpenOperations()

  /// - Throws: What the fleet's home throws when the fleet cannot be had.
  package init(_ home: any FleetHome, clock: any WallClock) throws {
    self.home = home
    self.clock = clock
    blueprint = try home.use(at: clock.now()) { $0.blueprint }
  }

  package func reach(_ host: HostName) async -> Reach {
    guard let seat = blueprint.seat(of: host) else { return .silent }
    do throws(Setback) {
      return try fleet { fleet, now in fleet.reach(seat, at: now) }
    } catch {
      return .silent
    }
  }

  package func respond(to incoming: Incoming, on host: HostName) async -> Response {
    guard let seat = blueprint.seat(of: host) else { return .silence }
    let system = blueprint.system(of: seat)
    let generation = WindowsGeneration(system.version)
    switch incoming {
    case .identify:
      let identity = HostIdentity(
        vendor: "Microsoft Corporation",
        version: "OS: \(system.version).\(system.build) SP: 0.0 Stack: \(generation.stack)")
      return .answer(Answer(.identity(identity), to: nil))
    case .request(let request):
      let exchange = Exchange(
        request: request, host: host, seat: seat, generation: generation,
        deadline: clock.now() + request.timeout.milliseconds)
      do throws(Setback) { return .answer(try await answer(to: exchange)) } catch {
        return error.response(to: request.message, on: generation)
      }
    }
  }

  private func answer(to exchange: Exchange) async throws(Setback) -> Answer {
    let cursor = try operations.begin(
      on: exchange.host, exchange.generation, at: clock.now(),
      goingOnWith: exchange.request.context, of: exchange.request.operation.resource)
    var kept: (EnumerationContext, Cursor)?
    defer { operations.end(on: exchange.host, keeping: kept) }
    switch exchange.request.operation {
    case .get(let path):
      let instance = try WMIClass(path.resource).instance(at: path, on: try await look(exchange))
      let answer = exchange.answer(.instance(instance, of: path.resource))
      guard exchange.fits(answer) else { throw .tooLarge }
      return answer
    case .enumerate(let enumeration):
      let found = try Listing(enumeration.source, on: try await look(exchange))
      let page = try exchange.page(
        .enumerate, of: found.rows[...], found.style,
        atMost: enumeration.isOptimized ? enumeration.maximum : 0)
      kept = keeping(page, found.style, exchange)
      return page.answer
    case .pull(_, _, let maximum):
      _ = try await look(exchange)
      guard let cursor else { throw .invalidContext }
      let page = try exchange.page(.pull, of: cursor.rows, cursor.style, atMost: maximum)
      kept = keeping(page, cursor.style, exchange)
      return page.answer
    case .release:
      _ = try await look(exchange)
      return exchange.answer(.released)
    case .invoke(let method, of: let path, let parameters):
      let output = try await call(method, of: path, parameters, exchange)
      return exchange.answer(.result(of: method, on: path.resource, output))
    }
  }

  private func keeping(
    _ page: Page, _ style: AnswerPage.RowStyle, _ exchange: Exchange
  ) -> (EnumerationContext, Cursor)? {
    page.rest.map { rest in
      let cursor = Cursor(
        resource: exchange.request.operation.resource, style: style, rows: rest.rows,
        expires: clock.now() + exchange.generation.enumerationTimeout)
      return (rest.context, cursor)
    }
  }
}

extension CIMInterval {
  fileprivate var milliseconds: Milliseconds { Milliseconds(rawValue: microseconds / 1000) }
}
