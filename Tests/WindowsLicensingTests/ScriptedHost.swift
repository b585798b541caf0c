import NIOCore
import NIOPosix
import NIOSSL
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
    /// Nothing happens any more.
    case silence
    /// The right answer, changed on purpose.
    case spoilt(Spoiling)
  }

  struct State {
    var table: [String: [CIMObject]]
    var reactions: [String: Reaction] = [:]
    /// What came, in its order: the class of a query, or a method.
    var log: [String] = []
    var queries: [String] = []
    /// How many rows of an answer come at a time.
    var pageSize = 50
    /// What is left of each enumeration that is under way.
    var enumerations: [EnumerationContext: [CIMObject]] = [:]
    var connections = 0
    var open: [any Channel] = []
  }

  let keys: AcceptorKeys
  let state: Mutex<State>
  private let bound = Mutex<(any Channel)?>(nil)
  static let service = ServiceName(host: TestRealm.host)

  let door: HostDoor

  init(_ table: [String: [CIMObject]], door: HostDoor = HostDoor()) async throws {
    self.door = door
    let tls = try door.tls()
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
          channel.closeFuture.whenComplete { _ in
            self.state.withLock { $0.open.removeAll { $0 === channel } }
          }
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
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
}
