import Synchronization
import WSMan

extension ScriptedHost {
  /// Answers a request from the table, or as the test says; nil is no answer.
  func answer(_ request: Request) -> (Answer?, Reaction) {
    state.withLock { state in
      let reaction = state.react(to: request.operation)
      switch reaction {
      case .fault(let fault, let shape):
        return (Answer(.fault(fault, shape), to: request.message), reaction)
      case .unrelated:
        return (Answer(state.body(for: request.operation, .result(0)), to: .random()), reaction)
      case .hangUp, .status, .silence: return (nil, reaction)
      case .result, .unsealed, .tampered, .trailing, .spoilt:
        return (Answer(state.body(for: request.operation, reaction), to: request.message), reaction)
      }
    }
  }
}

extension ScriptedHost.State {
  /// Writes down what came, and finds what the test wants done with it.
  fileprivate mutating func react(to operation: WSMan.Operation) -> ScriptedHost.Reaction {
    let name =
      switch operation {
      case .invoke(let method, of: _, _): method.rawValue
      case .enumerate(let enumeration): Self.query(enumeration)?.className.rawValue ?? "Enumerate"
      case .pull: "Pull"
      case .release: "Release"
      case .get: "Get"
      }
    log.append(name)
    return reactions[name] ?? .result(0)
  }

  private static func query(_ enumeration: Enumeration) -> WQLQuery? {
    switch enumeration.source {
    case .query(let query, _): query
    case .all: nil
    }
  }

  fileprivate mutating func body(
    for operation: WSMan.Operation, _ reaction: ScriptedHost.Reaction
  ) -> Answer.Body {
    switch operation {
    case .invoke(let method, of: let path, _):
      let value: UInt64 = if case .result(let value) = reaction { UInt64(value) } else { 0 }
      return .result(of: method, on: path.resource, ["ReturnValue": .unsigned(value)])
    case .enumerate(let enumeration):
      guard let query = Self.query(enumeration) else { return Self.unsupported }
      queries.append(query.description)
      do {
        let rows = try (table[query.className.rawValue] ?? []).compactMap { try query.row(of: $0) }
        return page(.enumerate, rows)
      } catch {
        let fault = WSManFault(
          .sender, .cannotProcessFilter, reason: "\(error)", codes: [0x8004_1017])
        return .fault(fault, .provider)
      }
    case .pull(_, let context, _):
      return page(.pull, enumerations.removeValue(forKey: context) ?? [])
    case .release(_, let context):
      enumerations[context] = nil
      return .released
    case .get: return Self.unsupported
    }
  }

  private mutating func page(_ operation: AnswerPage.Operation, _ rows: [CIMObject]) -> Answer.Body
  {
    let rest = Array(rows.dropFirst(pageSize))
    let next = rest.isEmpty ? nil : EnumerationContext(MessageID.random().text)
    if let next { enumerations[next] = rest }
    return .page(
      AnswerPage(operation, .fragments, rows: Array(rows.prefix(pageSize)), next: next))
  }

  private static let unsupported = Answer.Body.fault(
    WSManFault(.sender, .actionNotSupported, reason: "not here", codes: []), .management)
}
