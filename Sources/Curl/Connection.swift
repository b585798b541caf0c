import CCurl
import Glibc

/// One kept connection to one endpoint; a request at a time.
///
/// It belongs to the event loop's thread.
final class Connection {
  let endpoint: Endpoint
  let easy = EasyHandle()
  /// Where to connect instead of looking the name up; empty is nowhere else.
  private let detour: StringList
  /// The address of the name that is connected to; empty where it is looked up.
  private let resolution: StringList
  private let sockets = Sockets()
  /// Whether a request may open a socket; one that needs the connection which is there may not.
  var mayConnect = true
  private var hasBeenUsed = false
  /// Since when nobody uses it; nil while somebody does.
  var idleSince: ContinuousClock.Instant?
  /// Whether libcurl asked for a socket although it must not.
  private(set) var wasRefused = false

  init(_ endpoint: Endpoint) {
    self.endpoint = endpoint
    detour = StringList(endpoint.detour.map { [$0] } ?? [])
    resolution = StringList(endpoint.resolution.map { [$0] } ?? [])
    configure()
  }

  private func configure() {
    if endpoint.detour != nil { easy.set(CURLOPT_CONNECT_TO, to: detour) }
    if endpoint.resolution != nil { easy.set(CURLOPT_RESOLVE, to: resolution) }
    easy.set(CURLOPT_NOSIGNAL, to: 1)
    easy.set(CURLOPT_HTTP_VERSION, to: Int(CURL_HTTP_VERSION_1_1))
    easy.set(CURLOPT_FOLLOWLOCATION, to: 0)
    easy.set(CURLOPT_PROXY, to: "")
    easy.set(CURLOPT_POST, to: 1)
    easy.set(CURLOPT_TCP_NODELAY, to: 1)
    easy.set(CURLOPT_BUFFERSIZE, to: 16_384)
    easy.set(CURLOPT_UPLOAD_BUFFERSIZE, to: 16_384)
    easy.set(CURLOPT_LOW_SPEED_LIMIT, to: 1)
    if endpoint.scheme == .https { configureTLS() }
    unsafe easy.set(
      CURLOPT_OPENSOCKETDATA, toContext: Unmanaged.passUnretained(self).toOpaque())
    unsafe easy.setOpen { context, _, address in
      guard let context = unsafe context, let address = unsafe address else {
        return CURL_SOCKET_BAD
      }
      return unsafe Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().open(address)
    }
    unsafe easy.set(
      CURLOPT_CLOSESOCKETDATA, toContext: Unmanaged.passUnretained(sockets).toOpaque())
    unsafe easy.setClose { context, socket in
      guard let context = unsafe context else { return Glibc.close(socket) }
      return unsafe Unmanaged<Sockets>.fromOpaque(context).takeRetainedValue().close(socket)
    }
  }

  private func configureTLS() {
    let trust = endpoint.trust
    easy.set(CURLOPT_SSL_VERIFYPEER, to: trust.isVerified ? 1 : 0)
    easy.set(CURLOPT_SSL_VERIFYHOST, to: trust.isVerified ? 2 : 0)
    easy.set(CURLOPT_CERTINFO, to: 1)
    if let authorities = trust.authorities { easy.set(CURLOPT_CAINFO, to: authorities) }
    if let certificate = trust.certificate {
      easy.set(CURLOPT_SSLCERT, to: certificate.certificate)
      easy.set(CURLOPT_SSLKEY, to: certificate.key)
      // Windows asks for the certificate after the request, which TLS 1.3 has no way for here.
      easy.set(CURLOPT_SSLVERSION, to: Int(CURL_SSLVERSION_MAX_TLSv1_2))
    }
  }

  private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    guard mayConnect else {
      wasRefused = true
      return CURL_SOCKET_BAD
    }
    let kind = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    let socket = unsafe Glibc.socket(
      address.pointee.family, kind, address.pointee.protocol)
    if socket >= 0 { sockets.open(socket) }
    return socket
  }

  /// Readies it for a request, the first of which never goes over what is left of another one's.
  func prepare(mayConnect: Bool) {
    easy.set(CURLOPT_FRESH_CONNECT, to: hasBeenUsed ? 0 : 1)
    hasBeenUsed = true
    self.mayConnect = mayConnect
    wasRefused = false
    idleSince = nil
  }

  /// Ends the connection; libcurl finds it dead and forgets it.
  func close() { sockets.shutDown() }
}
