import Execution

/// Keeps a wrong password from locking its account out while many hosts are looked at.
struct AccountWatch {
  private(set) var failures = 0
  private var isProved = false

  /// How many failures in a row stop the work; domains lock accounts after five and more.
  static let limit = 3

  /// Whether so many hosts in a row refused the account that no other one is asked.
  var isBarred: Bool { failures >= Self.limit }

  /// How many looks may be under way: no more than can fail before it is known whether the account
  /// is let in.
  func width(_ wanted: Int) -> Int {
    isProved && failures == 0 ? max(1, wanted) : max(0, Self.limit - failures)
  }

  mutating func hear(_ sight: Sweep.Sight) {
    switch sight {
    case .success, .failure(.refused):
      isProved = true
      failures = 0
    case .failure(.authentication): failures += 1
    case .failure(.unreachable), .failure(.lost): break
    }
  }
}
