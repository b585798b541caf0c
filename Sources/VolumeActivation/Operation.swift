/// A kind of call that changes a host, as far as its refusals differ in meaning.
package enum Operation: UInt8, CaseIterable, Hashable, Sendable {
  /// Installing a product key: the published one, or the MAK on the way back.
  case keyInstall
  /// Setting or clearing the KMS host's name and port.
  case kmsSettings
  /// Asking the KMS host for an activation; free, and may be repeated.
  case kmsRequest
  /// Activating by MAK online, which may spend an activation and is never repeated on a guess.
  case makActivation
  /// Depositing a stored confirmation ID.
  case confirmationDeposit
}
