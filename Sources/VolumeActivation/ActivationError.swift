/// What a result code means: its message, its likely cause, and what to do about it.
package struct ActivationError: Error, Hashable, Sendable {
  package let code: HRESULT
  package let message: String
  package let cause: String
  package let remedy: String
  package let kind: Kind
  /// Whether a plain later retry can succeed without anyone changing anything on that machine.
  package let isTransient: Bool
  /// The activations that Microsoft's article names, such as `MAK`; empty is not stated.
  package let appliesTo: [String]
  package let note: String?
  /// Where the code was read, by the letters in `ActivationErrorTable`; empty for an unlisted code.
  package let sources: [String]

  /// What a code is about.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case accessDenied = "access-denied"
    case badKey = "bad-key"
    case clockSkew = "clock-skew"
    case dns
    case kmsCountLow = "kms-count-low"
    case kmsUnreachable = "kms-unreachable"
    case makBlocked = "mak-blocked"
    /// The activation quota of the key is used up; with 0xC004C008 that key is the KMS host's.
    case makExhausted = "mak-exhausted"
    case rpcTransport = "rpc-transport"
    case service
    case skuMismatch = "sku-mismatch"
    case other
  }
}

extension ActivationError {
  /// Looks the code up; one that is not listed is `other`, and a later retry is not known to help.
  package init(_ code: HRESULT) {
    self =
      Self.listed[code]
      ?? ActivationError(
        code: code, message: "unlisted result code", cause: "Not known to Muster",
        remedy: "Look the code up at Microsoft, and read the host's Application log",
        kind: .other, isTransient: false, appliesTo: [], note: nil, sources: [])
  }

  /// Whether the table has the code.
  package var isListed: Bool { !sources.isEmpty }

  /// Whether the code only tells of a state, and no refusal.
  package var isInformation: Bool { code.rawValue >> 28 == 0x4 }

  /// Every listed code, in the table's order.
  package static let all: [ActivationError] = ActivationErrorTable.parts.flatMap(parse)

  private static let listed = Dictionary(
    uniqueKeysWithValues: all.map { ($0.code, $0) })
}

extension ActivationError: CustomStringConvertible {
  /// The message with its code, the cause, and last what to do next.
  package var description: String { "\(message) (\(code)). \(cause). \(remedy)." }
}
