import ArgumentParser
import Engine
import Planning

/// The limits of a run that can be changed while it goes on.
struct LimitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Hosts in flight at most.", valueName: "hosts"))
  var concurrency: Int?

  @Option(help: ArgumentHelp("Hosts of one site in flight at most.", valueName: "hosts"))
  var concurrencyPerSite: Int?

  @Option(help: ArgumentHelp("Hosts exposed at one time at most.", valueName: "hosts"))
  var maxExposed: Int?

  @Option(
    help: ArgumentHelp(
      "Hosts of a wave that may fail before the run holds: a number or a percentage.",
      valueName: "budget"),
    transform: Allowance.init(argument:))
  var failureBudget: Allowance?

  func validate() throws {
    for (name, value) in [
      ("--concurrency", concurrency), ("--concurrency-per-site", concurrencyPerSite),
      ("--max-exposed", maxExposed),
    ] {
      guard value ?? 1 >= 1 else { throw ValidationError("\(name) is at least 1.") }
    }
  }

  /// Puts what was named over a policy.
  func apply(to policy: inout Policy) {
    if let concurrency { policy.concurrency = concurrency }
    if let concurrencyPerSite { policy.concurrencyPerSite = concurrencyPerSite }
    if let maxExposed { policy.maxExposed = maxExposed }
    if let failureBudget { policy.failureBudget = failureBudget }
  }

  var tuning: Tuning {
    Tuning(
      concurrency: concurrency, concurrencyPerSite: concurrencyPerSite, maxExposed: maxExposed,
      failureBudget: failureBudget)
  }
}

extension Allowance {
  /// Reads `5%` or `12`.
  init(argument text: String) throws {
    if let count = Int(text), count >= 0 {
      self = .hosts(count)
    } else if text.last == "%", let share = Double(text.dropLast()), share >= 0, share <= 100 {
      self = .percent(share)
    } else {
      throw ValidationError("A budget is a number of hosts such as 12, or a percentage such as 5%.")
    }
  }
}
