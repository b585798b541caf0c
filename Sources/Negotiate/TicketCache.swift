/// Where tickets lie; contexts hold on to it as long as they may need one.
final class TicketCache: Sendable {
  /// As `KRB5CCNAME` would have it.
  let name: String
  /// When the ticket-granting ticket ends, in seconds since 1970; nil when others renew it.
  let end: Int?
  /// Whether it is in memory and goes with this object.
  private let isOurs: Bool

  init(name: String, end: Int?, isOurs: Bool) {
    self.name = name
    self.end = end
    self.isOurs = isOurs
  }

  deinit {
    guard isOurs, let library = try? KerberosLibrary() else { return }
    library.destroy(cache: name)
  }
}
