import Execution
import Planning
import VolumeActivation

/// Looks at many hosts, so many at a time; changes nothing.
struct Sweep {
  var client: any LicensingClient
  var width: Int

  typealias Sight = Result<HostState, LicensingFailure>

  /// Looks at each host and hands on what it showed, with its place in `hosts`, as it comes.
  ///
  /// - Throws: What `hear` throws, `CancellationError`, or a `Problem` when the account was refused
  ///   too often.
  func look(
    at hosts: [HostName], hear: (_ place: Int, Sight) async throws -> Void
  ) async throws {
    var account = AccountWatch()
    var waiting = hosts.enumerated().makeIterator()
    try await withThrowingTaskGroup(of: (Int, Sight).self) { group in
      var underWay = 0
      var last: LicensingFailure?
      while true {
        while !account.isBarred, underWay < account.width(width), let (place, host) = waiting.next()
        {
          group.addTask { (place, await look(at: host)) }
          underWay += 1
        }
        guard let (place, sight) = try await group.next() else { break }
        // What was cancelled tells nothing about its host.
        try Task.checkCancellation()
        underWay -= 1
        account.hear(sight)
        if case .failure(let failure) = sight { last = failure }
        try await hear(place, sight)
      }
      if account.isBarred, let last { throw Self.barred(last) }
    }
  }

  private func look(at host: HostName) async -> Sight {
    do {
      return .success(try await client.inspect(host))
    } catch {
      return .failure(error)
    }
  }

  private static func barred(_ failure: LicensingFailure) -> Problem {
    Problem(
      .error,
      Paragraph(
        "\(AccountWatch.limit) hosts in a row refused the account, and no other one is asked, "
          + "since that could lock it out. The last one: \(failure.words)"
      ).text)
  }
}

extension LicensingFailure {
  /// What happened, in words that are safe to show.
  var words: String {
    switch self {
    case .unreachable(let text), .authentication(let text), .lost(let text):
      String(text.map { $0.isControl ? " " : $0 })
    case .refused(let code): "refused with \(code)"
    }
  }
}
