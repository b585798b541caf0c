package import VolumeActivation

/// Microsoft's activation service as far as MAKs need it: it counts activations and never gives
/// one back.
///
/// Source: kms-rules.md, section 8.
package struct ActivationService: Hashable, Codable, Sendable {
  /// What it knows of one MAK.
  package struct Account: Hashable, Codable, Sendable {
    package let endsWith: PartialProductKey
    package var left: Int
    package var spent = 0
    package var isBlocked = false

    package init(endsWith: PartialProductKey, left: Int) {
      self.endsWith = endsWith
      self.left = left
    }
  }

  package var accounts: [Account]

  package init(accounts: [Account]) {
    self.accounts = accounts
  }

  /// Grants one activation of a MAK, or says why not; a refusal spends nothing.
  mutating func activate(_ account: Int) -> HRESULT? {
    guard !accounts[account].isBlocked else { return .makBlocked }
    guard accounts[account].left > 0 else { return .makExhausted }
    accounts[account].left -= 1
    accounts[account].spent += 1
    return nil
  }

  /// All activations it ever granted.
  package var spent: Int { accounts.reduce(0) { $0 + $1.spent } }
}
