package import Planning

extension Plan {
  /// What the estate is told of this plan's MAKs: held for its peak and the spares, and spent.
  ///
  /// - Parameter spent: Activations spent so far, by `MAKID`.
  package func purses(spent: [Int]) -> [EstateClaim.Purse] {
    zip(header.maks, spent).map { mak, spent in
      let wanted = min(mak.peak + header.policy.reserve, mak.hosts)
      return EstateClaim.Purse(
        mak: mak.endsWith, left: mak.activationsLeft,
        held: max(0, min(wanted, mak.activationsLeft - spent)), spent: spent)
    }
  }
}
