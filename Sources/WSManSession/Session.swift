package import Curl
import Negotiate
import VolumeActivation
package import WSMan

/// One host's WinRM: requests go to it one at a time, over one authenticated connection.
///
/// No message is sent twice: a message that a closed connection kept from being sent is sealed
/// anew for the next one, and whatever may have arrived is not repeated.
package actor Session {
  let transfers: Transfers
  let endpoint: Endpoint
  let authentication: Authentication
  var connection: ConnectionID?
  /// Of the connection that is there; nil without one, and where none is needed.
  var context: SealingContext?
  private var turns = Turns()
  /// How many messages were sent; handshakes are not counted.
  package private(set) var messages = 0
  /// Counts up with each connection: what was learnt over another one may be of another machine.
  package internal(set) var epoch = 0

  package init(
    _ transfers: Transfers, to endpoint: Endpoint, authentication: Authentication
  ) {
    switch authentication {
    case .negotiate: break
    case .basic, .certificate:
      precondition(endpoint.scheme == .https, "only HTTPS may carry it")
    }
    self.transfers = transfers
    self.endpoint = endpoint
    self.authentication = authentication
  }

  /// Sends an operation and reads what answers it.
  ///
  /// - Parameters:
  ///   - operation: What is asked; it is sent once at most.
  ///   - timeout: Seconds that the host may work on it.
  package func send(
    _ operation: WSMan.Operation, timeout: Int64 = 60
  ) async throws(SessionError) -> ReplyEnvelope {
    if !turns.take() { await withCheckedContinuation { self.turns.wait($0) } }
    defer { turns.pass() }
    let request = Request(
      operation, endpoint: "\(endpoint.scheme.rawValue)://\(endpoint.host):\(endpoint.port)/wsman",
      timeout: .seconds(timeout))
    let envelope: [UInt8]
    do { envelope = try request.envelope() } catch { throw .unreachable(error.description) }
    let reply = try await post(
      envelope,
      limits: HTTPRequest.Limits(
        total: .seconds(timeout + 15), silence: .seconds(timeout + 10)))
    do {
      return try ReplyEnvelope(parsing: try await open(reply), answering: request.message)
    } catch let error as ReplyError {
      if case .fault(let fault) = error { throw .fault(fault) }
      await close()
      throw .lost(error.description)
    } catch let error as SessionError {
      throw error
    } catch {
      throw .lost("\(error)")
    }
  }

  /// Posts a message once, over a connection on which somebody is authenticated.
  private func post(
    _ envelope: [UInt8], limits: HTTPRequest.Limits
  ) async throws(SessionError) -> HTTPReply {
    var hasBeenGone = false
    while true {
      let connection = try await authenticatedConnection()
      let request = try await message(envelope, limits: limits)
      do throws(TransferError) {
        let reply = try await transfers.send(request, on: connection)
        messages += 1
        if reply.isOnNewConnection { epoch += 1 }
        return reply
      } catch {
        await close()
        switch error {
        case .connectionGone where !hasBeenGone: hasBeenGone = true
        case .connectionGone, .unreachable: throw .unreachable(error.description)
        case .lost, .replyTooLarge: throw .lost(error.description)
        }
      }
    }
  }

  /// The message as the connection carries it.
  private func message(
    _ envelope: [UInt8], limits: HTTPRequest.Limits
  ) async throws(SessionError) -> HTTPRequest {
    var (fields, body) = (fields, envelope)
    if let context, endpoint.scheme == .http {
      do throws(NegotiateError) {
        let sealed = try context.seal(envelope)
        fields.append(HTTPField("Content-Type", sealed.contentType))
        body = sealed.body
      } catch {
        await close()
        throw .negotiate(error)
      }
    } else {
      fields.append(HTTPField("Content-Type", "application/soap+xml;charset=UTF-8"))
    }
    return HTTPRequest(
      path: Self.path, headers: fields, body: body, needsConnection: context != nil,
      limits: limits)
  }

  static let path = "/wsman"

  /// Gives the connection up; the next message makes a new one.
  package func close() async {
    context = nil
    guard let connection else { return }
    self.connection = nil
    await transfers.close(connection)
  }
}
