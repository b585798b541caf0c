package import VolumeActivation

/// What keeps an order's promises while several hosts are in flight.
///
/// An order says "not exposed" of a host on the strength of the answers before it, so those must
/// have come. Hosts whose position exposes them anyway fly together.
///
/// Source: PLANNING.md, section 1.4.
package struct Barrier: Hashable, Sendable {
  /// The count without what is in flight.
  package var confirmed: Int
  /// Hosts whose request is on its way or may be.
  package var inFlight: Int
  /// Whether a client is among them.
  package var clientInFlight: Bool
  /// Whether the KMS host may still forget beyond twice the servers' threshold.
  package var memoryIsSmall: Bool
  /// Whether clients muster here: without them nothing is lost by overwriting.
  package var clientsTakePart: Bool
  package var serverThreshold = ProductKind.server.threshold
  package var clientThreshold = ProductKind.client.threshold

  package init(
    confirmed: Int, inFlight: Int, clientInFlight: Bool, memoryIsSmall: Bool, clientsTakePart: Bool
  ) {
    self.confirmed = confirmed
    self.inFlight = inFlight
    self.clientInFlight = clientInFlight
    self.memoryIsSmall = memoryIsSmall
    self.clientsTakePart = clientsTakePart
  }
}

extension Barrier {
  /// Whether a host may be sent now.
  ///
  /// - `exposed`: Whether its position in the order exposes it.
  package func lets(_ kind: ProductKind, exposed: Bool) -> Bool {
    let threshold = kind == .server ? serverThreshold : clientThreshold
    guard exposed || confirmed >= threshold - 1 else { return false }
    guard memoryIsSmall, clientsTakePart else { return true }
    switch kind {
    case .client: return inFlight == 0
    case .server: return !clientInFlight && confirmed + inFlight < 2 * serverThreshold
    }
  }
}
