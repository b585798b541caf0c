import Foundation
import NIOCore
import Negotiate
import TestRealm
import WSMan

/// One connection of a `ScriptedHost`.
final class HostConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let host: ScriptedHost
  private var context: AcceptorContext?
  private var octets: [UInt8] = []

  init(_ host: ScriptedHost) { self.host = host }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    octets += unwrapInboundIn(data).readableBytesView
    while let (head, body) = nextRequest() {
      let (reply, isLast) = respond(head, body)
      if !reply.isEmpty {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply)), promise: nil)
      }
      if isLast { context.close(promise: nil) }
    }
  }

  private func nextRequest() -> (head: [String], body: [UInt8])? {
    guard let end = octets.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: octets[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let length = Self.value("content-length", of: head).flatMap { Int($0) } ?? 0
    guard octets.count - end.upperBound >= length else { return nil }
    let body = Array(octets[end.upperBound..<end.upperBound + length])
    octets.removeFirst(end.upperBound + length)
    return (head, body)
  }

  private static func value(_ name: String, of head: [String]) -> String? {
    head.first { $0.lowercased().hasPrefix(name + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  private func respond(_ head: [String], _ body: [UInt8]) -> (reply: [UInt8], isLast: Bool) {
    if let field = Self.value("authorization", of: head) {
      return (shakeHands(String(field.dropFirst("Negotiate ".count))), false)
    }
    do {
      let message = try EncryptedMessage(
        body: body, contentType: Self.value("content-type", of: head) ?? "")
      let text = try context?.unseal(signature: message.signature, sealed: message.sealed) ?? []
      guard case .request(let request) = try Incoming(parsing: text) else { return ([], true) }
      let (answer, reaction) = host.answer(request)
      let reply = try write(answer, reaction)
      return (reply, reply.isEmpty)
    } catch {
      return (Self.http(500, []), true)
    }
  }

  private func shakeHands(_ token: String) -> [UInt8] {
    do {
      if context == nil || context?.isComplete == true {
        context = try AcceptorContext(host.keys, as: ScriptedHost.service)
      }
      let reply = try context?.step(Data(base64Encoded: token).map(Array.init) ?? [])
      let field = reply.map { "WWW-Authenticate: Negotiate \(Data($0).base64EncodedString())\r\n" }
      return Self.http(context?.isComplete == true ? 200 : 401, [], field ?? "")
    } catch {
      context = nil
      return Self.http(401, [], "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Kerberos\r\n")
    }
  }

  private func write(_ answer: Answer?, _ reaction: ScriptedHost.Reaction) throws -> [UInt8] {
    guard let answer else {
      if case .status(let status) = reaction { return Self.http(status, []) }
      return []
    }
    let envelope = try answer.envelope()
    if case .unsealed = reaction {
      return Self.http(200, envelope, "Content-Type: application/soap+xml;charset=UTF-8\r\n")
    }
    guard let sealed = try context?.seal(envelope) else { return [] }
    var message = EncryptedMessage(
      scheme: .negotiate, signature: sealed.signature, sealed: sealed.sealed)
    if case .tampered = reaction { message.sealed[8] ^= 1 }
    var body = message.body
    if case .trailing = reaction { body += "more".utf8 }
    let status = if case .fault = reaction { 500 } else { 200 }
    return Self.http(status, body, "Content-Type: \(message.contentType)\r\n")
  }

  private static func http(_ status: Int, _ body: [UInt8], _ fields: String = "") -> [UInt8] {
    Array("HTTP/1.1 \(status) X\r\n\(fields)Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}
