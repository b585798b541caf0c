import NIOCore
import NIOPosix
import Negotiate
import Synchronization
import TestRealm
import WSMan

/// A host that listens on loopback as WinRM does, with real handshakes and real seals, and answers
/// from a table of instances.
final class ScriptedHost: Sendable {
  /// What it does with a request that is not a query.
  enum Reaction: Sendable {
    case result(UInt32)
    case fault(WSManFault, Answer.FaultShape)
    /// The connection is closed without an answer.
    case hangUp
    /// The right answer, to another request.
    case unrelated
    /// The right answer, without a seal.
    case unsealed
    /// The right answer, changed on its way.
    case tampered
    /// The right answer, with a line behind it.
    case trailing
    case status(Int)
  }

  struct State {
    var table: [String: [CIMObject]]
    var reactions: [String: Reaction] = [:]
    /// What came, in its order: the class of a query, or a method.
    var log: [String] = []
    var queries: [String] = []
    var connections = 0
    var open: [any Channel] = []
  }

  let keys: AcceptorKeys
  let state: Mutex<State>
  private let bound = Mutex<(any Channel)?>(nil)
  static let service = ServiceName(host: TestRealm.host)

  init(_ table: [String: [CIMObject]]) async throws {
    // The realm is there before a client first asks libkrb5, which reads its settings then.
    keys = Fixture.keys
    state = Mutex(State(table: table))
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          self.state.withLock { state in
            state.connections += 1
            state.open.append(channel)
          }
          try channel.pipeline.syncOperations.addHandler(HostConnection(self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    bound.withLock { $0 = channel }
  }

  var port: UInt16 { UInt16(bound.withLock { $0?.localAddress?.port } ?? 0) }
  var log: [String] { state.withLock { $0.log } }

  func react(_ method: String, _ reaction: Reaction) {
    state.withLock { $0.reactions[method] = reaction }
  }

  /// Leaves the KMS client's licence alone with a key, as the installation of one does.
  func installClientSetupKey() {
    state.withLock { state in
      guard var product = state.table["SoftwareLicensingProduct"]?.last else { return }
      product.properties = product.properties.map { property in
        property.name.isSame(as: "PartialProductKey")
          ? CIMObject.Property(property.name, "3V66T") : property
      }
      state.table["SoftwareLicensingProduct"] = [product]
    }
  }

  /// Ends every connection, as hosts do with idle ones.
  func hangUp() async throws {
    for channel in state.withLock({ $0.open }) { try await channel.close().get() }
  }

  func stop() async throws { try await bound.withLock { $0 }?.close().get() }

  /// Answers a request from the table, or as the test says.
  func answer(_ request: Request) -> (Answer?, Reaction) {
    state.withLock { state in
      switch request.operation {
      case .invoke(let method, of: let path, _):
        state.log.append(method.rawValue)
        let reaction = state.reactions[method.rawValue] ?? .result(0)
        switch reaction {
        case .result(let value):
          return (
            Answer(
              .result(of: method, on: path.resource, ["ReturnValue": .unsigned(UInt64(value))]),
              to: request.message), reaction
          )
        case .fault(let fault, let shape):
          return (Answer(.fault(fault, shape), to: request.message), reaction)
        case .unrelated:
          let other = Answer(
            .result(of: method, on: path.resource, ["ReturnValue": 0]), to: .random())
          return (other, reaction)
        case .hangUp, .status: return (nil, reaction)
        case .unsealed, .tampered, .trailing:
          return (
            Answer(
              .result(of: method, on: path.resource, ["ReturnValue": 0]), to: request.message),
            reaction
          )
        }
      case .enumerate(let enumeration):
        guard case .query(let query, _) = enumeration.source else { return (nil, .hangUp) }
        state.log.append(query.className.rawValue)
        state.queries.append(query.description)
        do {
          let rows = try (state.table[query.className.rawValue] ?? []).compactMap {
            try query.row(of: $0)
          }
          return (
            Answer(
              .page(AnswerPage(.enumerate, .fragments, rows: rows, next: nil)), to: request.message),
            .result(0)
          )
        } catch {
          let fault = WSManFault(
            .sender, .cannotProcessFilter, reason: "\(error)", codes: [0x8004_1017])
          return (Answer(.fault(fault, .provider), to: request.message), .result(0))
        }
      case .get, .pull, .release: return (nil, .hangUp)
      }
    }
  }
}
