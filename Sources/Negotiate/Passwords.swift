import Synchronization

/// What NTLM is offered with: the same for every host, unlike the tickets of Kerberos.
///
/// It is made once. Each time gss-ntlmssp 1.2 makes one it loads OpenSSL's old ciphers anew, for
/// their hash of the password, and some of that is never given back.
final class Passwords: Sendable {
  private let made = Mutex<GSSCredential?>(nil)

  func credential(
    _ make: () throws(NegotiateError) -> GSSCredential
  ) throws(NegotiateError) -> GSSCredential {
    try made.withLock { made throws(NegotiateError) in
      if let made { return made }
      let credential = try make()
      made = credential
      return credential
    }
  }
}
