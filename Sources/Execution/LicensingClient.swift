package import VolumeActivation

/// Reaches Windows: what slmgr.vbs does, without slmgr.vbs.
///
/// Real hosts and the simulated fleet meet here. An implementation never repeats a call by
/// itself, and says of each failure what it proves.
package protocol LicensingClient: Sendable {
  /// Reads a host's licence state; changes nothing.
  func inspect(_ host: HostName) async throws(LicensingFailure) -> HostState

  /// Reads a KMS host's count and licence; changes nothing.
  func readKMSHost(_ host: KMSAddress) async throws(LicensingFailure) -> KMSHostState

  /// Carries out one change on a host.
  func perform(_ action: LicensingAction, on host: HostName) async throws(LicensingFailure)
}

/// One call that changes a host.
package enum LicensingAction: Sendable {
  /// `/skms` to a planned KMS host, or back to what the checkpoint holds.
  case setKMS(KMSSetting)
  /// `/ipk`.
  case installKey(ProductKey)
  /// `/ato`.
  case activate
  /// `/atp`.
  case deposit(ConfirmationID, for: InstallationID)
}

/// Why a call did not succeed, and what that proves.
package enum LicensingFailure: Error, Hashable {
  /// Nothing was sent: the host cannot be reached. The text says what was tried.
  case unreachable(String)
  /// The account was refused before anything was executed.
  case authentication(String)
  /// Something was sent and no answer came: it may have been executed, or still be running.
  case lost(String)
  /// The host executed the call and refused with this code.
  case refused(HRESULT)
}
