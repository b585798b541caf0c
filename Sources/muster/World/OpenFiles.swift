import Foundation

/// The files and connections that this process may have open at one time.
struct OpenFiles {
  /// What the journal, the libraries and the runtime have open beside connections.
  private static let own = 64
  /// What one host takes while it is being connected to: its socket, another one for its second
  /// address, and those of the resolver.
  private static let perConnecting = 4

  /// How many connections may be kept, those in use included.
  let connections: Int

  /// Raises the limit to what is wanted, as far as the system lets us.
  ///
  /// A host that cannot be reached because nothing more can be opened would count as one that failed,
  /// so too low a limit is refused before anything is done.
  ///
  /// - Parameters:
  ///   - concurrency: How many hosts are spoken to at one time.
  ///   - kept: How many connections are worth keeping.
  init(concurrency: Int, kept: Int) throws {
    let least = Self.own + Self.perConnecting * concurrency
    let allowed = Self.raiseLimit(to: least + kept)
    guard allowed >= least else {
      throw Problem(
        .error,
        "This process may have \(allowed) files open, and \(counted(concurrency, "connection")) at "
          + "one time need \(least). Raise the limit (`ulimit -n \(least)`), or lower "
          + "policy.concurrency.")
    }
    connections = min(max(concurrency, kept), allowed - least + concurrency)
  }

  /// - Returns: The limit as it is then.
  private static func raiseLimit(to wanted: Int) -> Int {
    var limits = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limits) == 0 else { return wanted }
    let raised = max(limits.rlim_cur, min(limits.rlim_max, rlim_t(wanted)))
    if raised > limits.rlim_cur {
      limits.rlim_cur = raised
      setrlimit(resource, &limits)
      getrlimit(resource, &limits)
    }
    return Int(clamping: limits.rlim_cur)
  }
}
