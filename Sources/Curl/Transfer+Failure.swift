import CCurl

extension Transfer {
  /// What libcurl's verdict proves, and what is to be done.
  func failure(_ code: CURLcode) -> TransferError {
    if isTooLarge { return .replyTooLarge(bytes: request.limits.replyBytes) }
    guard !hasSent else { return .lost(interruption(code)) }
    return connection.wasRefused ? .connectionGone : .unreachable(obstacle(code))
  }

  private func interruption(_ code: CURLcode) -> String {
    guard code == CURLE_OPERATION_TIMEDOUT else { return Self.text(of: code) }
    let limits = request.limits
    return "\(limits.silence) of silence or \(limits.total) in all are over"
  }

  /// Why no connection came about.
  private func obstacle(_ code: CURLcode) -> String {
    let endpoint = connection.endpoint
    let trust = endpoint.trust
    switch code {
    case CURLE_OPERATION_TIMEDOUT:
      return "no connection came about in \(request.limits.connect)"
    case CURLE_PEER_FAILED_VERIFICATION:
      return distrust
    case CURLE_SSL_CACERT_BADFILE:
      return "the CA file \(trust.authorities ?? "of the system") cannot be read"
    case CURLE_SSL_CERTPROBLEM:
      let files = trust.certificate.map { "\($0.certificate) with the key \($0.key)" } ?? ""
      return "the client certificate \(files) is of no use. Both are to be PEM files, the key "
        + "without a passphrase"
    case CURLE_SSL_CONNECT_ERROR:
      return "no TLS could be agreed on. See whether port \(endpoint.port) speaks HTTPS "
        + "(`winrm enumerate winrm/config/listener`)"
    default:
      return Self.text(of: code)
    }
  }

  /// Why the host's certificate is not believed.
  private var distrust: String {
    let name = connection.endpoint.host
    switch connection.easy.number(CURLINFO_SSL_VERIFYRESULT) {
    // The chain holds, so it is the name, which libcurl compares by itself.
    case X509.fine, X509.undecided:
      return "the host's certificate is for another name than \(name). Call it by a name of its "
        + "certificate, and see who answers there"
    case X509.expired:
      return "the certificate of \(name) has expired. Give its HTTPS listener a new one"
    case X509.notYetValid:
      return "the certificate of \(name) is not valid yet. Compare the clocks, there and here"
    case let number:
      return "the certificate of \(name) is by an authority that nobody here knows "
        + "(OpenSSL's \(number)). Name that authority's certificate as the CA file"
    }
  }

  /// Results of OpenSSL's verification that say more than that the chain has no trusted end.
  private enum X509 {
    static let fine = 0
    static let undecided = 1
    static let notYetValid = 9
    static let expired = 10
  }

  private static func text(of code: CURLcode) -> String {
    unsafe String(cString: curl_easy_strerror(code))
  }
}
