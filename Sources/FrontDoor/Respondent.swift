package import VolumeActivation
package import WSMan

/// What answers for the hosts behind a door.
package protocol Respondent: Sendable {
  /// Whether there is such a host, and whether it can be reached at present.
  func reach(_ host: HostName) async -> Reach
  /// What a host does with what an authenticated client sent to it; takes the time that it takes.
  func respond(to incoming: Incoming, on host: HostName) async -> Response
}

/// What a client that connects to a host finds.
package enum Reach: Hashable, Sendable {
  case listening
  /// Nothing listens there: a connection is closed before anything is said.
  case silent
  /// It refuses every account.
  case refusing
}

/// What a host does with one request.
package enum Response: Sendable {
  case answer(Answer)
  /// The connection is closed without an answer.
  case silence
  /// The account is refused.
  case refused
}
