package import Negotiate
package import WSMan

/// Why a request got no result, and what that proves.
package enum SessionError: Error, Hashable {
  /// No message was sent.
  case unreachable(String)
  /// Nobody was authenticated, so no message was sent.
  case negotiate(NegotiateError)
  /// The password that went with the message was refused, and the message with it.
  case wrongCredentials(user: String)
  /// The account is known and may not use WinRM; nothing was executed.
  case notAuthorized
  /// A message was sent and nothing came back that somebody vouches for: it may have been executed.
  case lost(String)
  /// The host refused, or what it was asked for failed.
  case fault(WSManFault)
}

extension SessionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let why), .lost(let why): why
    case .negotiate(let error): error.description
    case .wrongCredentials(let user):
      "the host answered 401 to \(user): the password is wrong, or \(Self.otherCauses). Check the "
        + "password before the account is locked."
    case .notAuthorized:
      "the host answered 401: the account was not accepted, or \(Self.otherCauses)."
    case .fault(let fault): fault.description
    }
  }

  private static let otherCauses =
    "it is no administrator there and not in Remote Management Users, or the host wants a channel "
    + "binding that something between takes away"
}
