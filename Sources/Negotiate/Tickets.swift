import Synchronization

/// The ticket-granting ticket of a credential, fetched when first needed and again before it ends.
final class Tickets: Sendable {
  private let source: Credential.Source
  private let state = Mutex(State.none)

  private enum State {
    case none
    case valid(TicketCache)
    /// The KDC said no to this password or key: it is not asked again.
    case refused(NegotiateError)
  }

  /// A ticket that ends sooner than this is not begun with, in seconds.
  private static let margin = 300

  init(_ source: Credential.Source) {
    self.source = source
  }

  /// A cache with a ticket for the service, and with nothing else.
  ///
  /// It waits for the KDC, so for seconds at the worst.
  func cache(for service: ServiceName, user: String) throws(NegotiateError) -> TicketCache {
    let library = try KerberosLibrary()
    var circumstances = Circumstances(user: user, service: service)
    let cache = try currentCache(library, circumstances)
    circumstances.cache = cache.name
    return try library.ticket(for: service, with: cache.name, circumstances)
  }

  private func currentCache(
    _ library: borrowing KerberosLibrary, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    let now = library.now()
    let logOn = { (library: borrowing KerberosLibrary) throws(NegotiateError) in
      try self.logOn(library, circumstances)
    }
    return try state.withLock { state throws(NegotiateError) in
      switch state {
      case .refused(let error): throw error
      case .valid(let cache) where cache.end.map { $0 - Self.margin > now } ?? true: return cache
      case .valid, .none: break
      }
      do throws(NegotiateError) {
        let cache = try logOn(library)
        state = .valid(cache)
        return cache
      } catch {
        if error.isAuthenticationFailure { state = .refused(error) }
        throw error
      }
    }
  }

  private func logOn(
    _ library: borrowing KerberosLibrary, _ circumstances: Circumstances
  ) throws(NegotiateError) -> TicketCache {
    switch source {
    case .cache(let name):
      return TicketCache(name: name ?? library.defaultCacheName(), end: nil, isOurs: false)
    case .keytab(let path, let principal):
      return try library.logOn(principal, keytab: path, circumstances)
    case .password(let user, let password):
      guard let principal = user.principal else { throw .userHasNoRealm(user) }
      return try library.logOn(principal, password: password, circumstances)
    }
  }
}
