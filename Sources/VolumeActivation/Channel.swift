/// Where a host's Windows licence comes from.
package enum Channel: String, CaseIterable, Codable, Hashable, Sendable {
  case mak
  case kmsClient
  case retail
  case oem
  /// The host carries a KMS host key (CSVLK): it is a KMS host.
  case kmsHost
  case evaluation
  /// Automatic virtual machine activation, by the Hyper-V host.
  case avma
  /// Subscription activation, by the user who signs in.
  case subscription
  /// No product key is installed.
  case none
}
