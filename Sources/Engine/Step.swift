/// One change of a host: forward to KMS, and its counterparts on the way back to the MAK.
package enum Step: UInt8, CaseIterable, Hashable, Sendable {
  /// Point the host at its KMS host. Reversible, and exposes nobody.
  case skms
  /// Install the client setup key, which throws the MAK activation away.
  case ipk
  /// Ask the KMS host for an activation; may be repeated at no cost.
  case ato
  /// Reinstall the MAK.
  case ipkMAK
  /// Deposit the stored confirmation ID.
  case cid
  /// Activate by MAK online, which burns an activation and is never repeated on a guess.
  case atoMAK
  /// Restore the KMS settings that the checkpoint holds.
  case rkms
}

extension Step {
  /// Whether the step belongs to the way to KMS.
  package var isForward: Bool {
    switch self {
    case .skms, .ipk, .ato: true
    case .ipkMAK, .cid, .atoMAK, .rkms: false
    }
  }
}
