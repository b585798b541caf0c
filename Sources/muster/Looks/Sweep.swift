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
  /// Who did not answer is asked again once all the others were asked, and then heard again.
  ///
  /// - Parameter willAskAgain: Called with the number of those, before they are asked.
  /// - Throws: What `hear` throws, `CancellationError`, or a `Problem` when the account was refused
  ///   too often.
  func look(
    at hosts: [HostName], hear: (_ place: Int, Sight) async throws -> Void,
    willAskAgain: (Int) -> Void
  ) async throws {
    var account = AccountWatch()
    var places = Array(hosts.indices)
    for round in 0... {
      var silent: [Int] = []
      try await look(at: places.map { ($0, hosts[$0]) }, watching: &account) { place, sight in
        if case .failure(let failure) = sight, failure.retries > round { silent.append(place) }
        try await hear(place, sight)
      }
      guard !silent.isEmpty else { return }
      places = silent.sorted()
      willAskAgain(places.count)
    }
  }

  /// Looks at each of these hosts once.
  private func look(
    at hosts: [(place: Int, name: HostName)], watching account: inout AccountWatch,
    hear: (_ place: Int, Sight) async throws -> Void
  ) async throws {
    var waiting = hosts.makeIterator()
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
  /// How often a look is made again that failed so; never where it may lock an account out.
  fileprivate var retries: Int {
    switch self {
    case .unreachable: 1
    case .lost: 2
    case .authentication, .refused: 0
    }
  }

  /// What happened, in words that are safe to show.
  var words: String {
    switch self {
    case .unreachable(let text), .authentication(let text), .lost(let text):
      String(text.map { $0.isControl ? " " : $0 })
    case .refused(let code): "refused with \(code)"
    }
  }
}
