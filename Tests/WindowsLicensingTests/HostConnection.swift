import Foundation
import NIOCore
import NIOSSL
import Negotiate
import WSMan

/// One connection of a `ScriptedHost`.
final class HostConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let host: ScriptedHost
  private var logon: HostLogon
  private var octets: [UInt8] = []
  /// What is to follow the answer without an end.
  private var flood: [UInt8]?

  init(_ host: ScriptedHost) {
    self.host = host
    logon = HostLogon(host)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    octets += unwrapInboundIn(data).readableBytesView
    while let (head, body) = nextRequest() {
      let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
      let (reply, isLast) = respond(head, body, hasCertificate: certificate != nil)
      if !reply.isEmpty {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply)), promise: nil)
      }
      if let flood { pour(flood, context) }
      if isLast { context.close(promise: nil) }
    }
  }

  /// Sends the same octets for ever, as fast as they are taken.
  private func pour(_ octets: [UInt8], _ context: ChannelHandlerContext) {
    let again = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets))).whenSuccess {
      let (handler, context) = again.value
      handler.pour(octets, context)
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

  private func respond(
    _ head: [String], _ body: [UInt8], hasCertificate: Bool
  ) -> (reply: [UInt8], isLast: Bool) {
    let authorization = Self.value("authorization", of: head)
    switch logon.judge(authorization, hasCertificate: hasCertificate) {
    case .reply(let status, let fields): return (Self.http(status, [], fields), false)
    case .welcome: break
    }
    do {
      let type = Self.value("content-type", of: head) ?? ""
      let text = try logon.open(body, contentType: type)
      guard case .request(let request) = try Incoming(parsing: text) else { return ([], true) }
      let (answer, reaction) = host.answer(request)
      if case .silence = reaction { return ([], false) }
      let reply = try write(answer, reaction)
      if case .spoilt(let spoiling) = reaction {
        flood = spoiling.flood
        return (spoiling.answer(reply), spoiling.isLast)
      }
      return (reply, reply.isEmpty)
    } catch {
      return (Self.http(500, []), true)
    }
  }

  private func write(_ answer: Answer?, _ reaction: ScriptedHost.Reaction) throws -> [UInt8] {
    guard let answer else {
      if case .status(let status) = reaction { return Self.http(status, []) }
      return []
    }
    var envelope = try answer.envelope()
    if case .spoilt(let spoiling) = reaction { envelope = spoiling.envelope(envelope) }
    let status = if case .fault = answer.body { 500 } else { 200 }
    if host.door.identity != nil { return Self.plain(status, envelope) }
    if case .unsealed = reaction { return Self.plain(status, envelope) }
    guard var message = try logon.seal(envelope) else { return [] }
    if case .tampered = reaction { message.sealed[8] ^= 1 }
    var body = message.body
    if case .spoilt(let spoiling) = reaction { body = spoiling.frame(message) }
    if case .trailing = reaction { body += "more".utf8 }
    return Self.http(status, body, "Content-Type: \(message.contentType)\r\n")
  }

  private static func plain(_ status: Int, _ envelope: [UInt8]) -> [UInt8] {
    http(status, envelope, "Content-Type: application/soap+xml;charset=UTF-8\r\n")
  }

  private static func http(_ status: Int, _ body: [UInt8], _ fields: String = "") -> [UInt8] {
    Array("HTTP/1.1 \(status) X\r\n\(fields)Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}
