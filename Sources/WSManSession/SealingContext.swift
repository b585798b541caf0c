import Dispatch
import Negotiate
import Synchronization

/// The client's side of one connection's handshake, shared between the session and the threads
/// that wait for a KDC.
final class SealingContext: Sendable {
  private let context: Mutex<InitiatorContext>

  private init(_ context: consuming sending InitiatorContext) {
    self.context = Mutex(context)
  }

  /// Where GSSAPI may block, which the threads of Swift's tasks must not.
  private static let blocking = DispatchQueue(label: "negotiate", attributes: .concurrent)

  private static func offPool<Value: Sendable>(
    _ body: @escaping @Sendable () throws(NegotiateError) -> Value
  ) async throws(NegotiateError) -> Value {
    let result: Result<Value, NegotiateError> = await withCheckedContinuation { continuation in
      blocking.async {
        do throws(NegotiateError) {
          continuation.resume(returning: .success(try body()))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try result.get()
  }

  static func begin(
    _ credential: Credential, to service: ServiceName, binding: ChannelBinding?
  ) async throws(NegotiateError) -> SealingContext {
    try await offPool { () throws(NegotiateError) in
      SealingContext(try InitiatorContext(credential, to: service, binding: binding))
    }
  }

  func step(_ token: [UInt8]?) async throws(NegotiateError) -> [UInt8]? {
    try await Self.offPool { () throws(NegotiateError) in
      try self.context.withLock { context throws(NegotiateError) in try context.step(token) }
    }
  }

  var isComplete: Bool { context.withLock { $0.isComplete } }
  var hasConfidentiality: Bool { context.withLock { $0.hasConfidentiality } }
  var refusal: NegotiateError { context.withLock { $0.refusal } }
  func meaning(of error: NegotiateError) -> NegotiateError {
    context.withLock { $0.meaning(of: error) }
  }

  func seal(_ text: [UInt8]) throws(NegotiateError) -> EncryptedMessage {
    let message = try context.withLock { context throws(NegotiateError) in try context.seal(text) }
    return EncryptedMessage(
      scheme: .negotiate, signature: message.signature, sealed: message.sealed)
  }

  func unseal(_ message: EncryptedMessage) throws(NegotiateError) -> [UInt8] {
    try context.withLock { context throws(NegotiateError) in
      try context.unseal(signature: message.signature, sealed: message.sealed)
    }
  }
}
