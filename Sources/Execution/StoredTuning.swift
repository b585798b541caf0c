package import Engine
package import Planning

/// Limits that a person changed, as journals and inboxes keep them; the names of its properties are
/// the names on disk.
package struct StoredTuning: Hashable, Codable, Sendable {
  package var concurrency: Int?
  package var concurrencyPerSite: Int?
  package var maxExposed: Int?
  /// A number of hosts, or a text such as `5%`.
  package var failureBudget: Allowance?

  package init(_ tuning: Tuning) {
    concurrency = tuning.concurrency
    concurrencyPerSite = tuning.concurrencyPerSite
    maxExposed = tuning.maxExposed
    failureBudget = tuning.failureBudget
  }

  package var tuning: Tuning {
    Tuning(
      concurrency: concurrency, concurrencyPerSite: concurrencyPerSite, maxExposed: maxExposed,
      failureBudget: failureBudget)
  }
}
