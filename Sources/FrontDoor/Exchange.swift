import VolumeActivation
import WSMan

/// A request on its way through a host.
struct Exchange: Sendable {
  var request: Request
  var host: HostName
  var seat: Seat
  var generation: WindowsGeneration
  /// When the client is told that its time is over.
  var deadline: Timestamp

  func answer(_ body: Answer.Body) -> Answer { Answer(body, to: request.message) }

  /// How large a reply may be: as both sides bear it.
  var maximumEnvelope: Int { min(request.maximumEnvelope, generation.envelope) }

  /// Whether a reply is small enough to be sent.
  func fits(_ answer: Answer) -> Bool {
    guard let envelope = try? answer.envelope() else { return false }
    return envelope.count <= maximumEnvelope
  }
}

extension Request {
  /// The enumeration that it goes on with or ends; nil for other requests.
  var context: EnumerationContext? {
    switch operation {
    case .pull(_, let context, maximum: _), .release(_, let context): context
    case .get, .enumerate, .invoke: nil
    }
  }
}
