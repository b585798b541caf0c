import CCurl
import Foundation

/// Identifies a transfer of one event loop; counts up from 1.
struct TransferID: Hashable, Sendable {
  var rawValue: UInt64
}

/// One request on its way; it belongs to the event loop's thread.
final class Transfer {
  let connection: Connection
  let request: HTTPRequest
  private let fields: StringList
  private let whenDone: (Result<HTTPReply, TransferError>) -> Void
  /// Octets of the body that libcurl has taken.
  private var sent = 0
  private var answer: [UInt8] = []
  private var answerFields: [HTTPField] = []
  private(set) var isTooLarge = false
  /// Whether the host may have got something of the request.
  var hasSent: Bool { sent > 0 || !answerFields.isEmpty }

  /// Octets of a reply's header fields, after which the transfer is given up.
  private static let headerLimit = 64 * 1024
  private var headerBytes = 0

  init(
    _ request: HTTPRequest, on connection: Connection,
    whenDone: @escaping (Result<HTTPReply, TransferError>) -> Void
  ) {
    self.request = request
    self.connection = connection
    self.whenDone = whenDone
    // Without `Expect:` libcurl asks for leave before a body, which costs a round trip.
    fields = StringList(request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
    configure()
  }

  func finish(_ result: Result<HTTPReply, TransferError>) { whenDone(result) }

  private func configure() {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    let limits = request.limits
    connection.prepare(mayConnect: !request.needsConnection)
    let easy = unsafe connection.easy.pointer
    func set(_ option: CURLoption, _ value: Int) {
      connection.easy.set(option, to: value)
    }
    connection.easy.set(CURLOPT_URL, to: connection.endpoint.url(request.path))
    connection.easy.set(CURLOPT_POSTFIELDSIZE_LARGE, toSize: request.body.count)
    connection.easy.set(CURLOPT_HTTPHEADER, to: fields)
    set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
    set(CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
    set(CURLOPT_LOW_SPEED_TIME, max(1, limits.silence.milliseconds / 1000))
    unsafe connection.easy.set(CURLOPT_READDATA, toContext: context)
    unsafe connection.easy.set(CURLOPT_WRITEDATA, toContext: context)
    unsafe connection.easy.set(CURLOPT_HEADERDATA, toContext: context)
    _ = unsafe curl_shim_set_transfer(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
      unsafe Transfer.of(context).give(bytes, size * count)
    }
    _ = unsafe curl_shim_set_transfer(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe Transfer.of(context).take(bytes, size * count)
    }
    _ = unsafe curl_shim_set_transfer(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe Transfer.of(context).takeHeader(bytes, size * count)
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
    guard let context = unsafe context else { preconditionFailure("a callback without a transfer") }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }

  /// Gives libcurl the next part of the body; there is no way back to what was given.
  private func give(_ bytes: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
    let part = min(room, request.body.count - sent)
    guard part > 0, let bytes = unsafe bytes else { return 0 }
    unsafe request.body.withUnsafeBytes { body in
      guard let start = body.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(bytes).copyMemory(from: start + sent, byteCount: part)
    }
    sent += part
    return part
  }

  private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard answer.count + count <= request.limits.replyBytes else {
      isTooLarge = true
      return 0
    }
    guard let bytes = unsafe bytes else { return 0 }
    unsafe answer.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }

  private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    headerBytes += count
    guard headerBytes <= Self.headerLimit, let bytes = unsafe bytes else {
      isTooLarge = true
      return 0
    }
    let line = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    if unsafe line.starts(with: "HTTP/".utf8) {
      answerFields.removeAll()
    } else if let field = unsafe HTTPField(line: line) {
      answerFields.append(field)
    }
    return count
  }

  // MARK: How it ended

  /// What libcurl's verdict means.
  func result(of code: CURLcode) -> Result<HTTPReply, TransferError> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    let isNew = connection.easy.number(CURLINFO_NUM_CONNECTS) > 0
    return .success(
      HTTPReply(
        status: connection.easy.number(CURLINFO_RESPONSE_CODE), fields: answerFields, body: answer,
        isOnNewConnection: isNew,
        certificate: isNew ? connection.easy.serverCertificate().flatMap(Self.der) : nil))
  }

  /// The octets of a PEM certificate.
  private static func der(_ pem: String) -> [UInt8]? {
    let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
    return Data(base64Encoded: lines.joined()).map(Array.init)
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
