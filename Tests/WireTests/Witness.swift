import Foundation
import TestProgram

/// Runs commands and keeps all that anybody could see of them.
struct Witness {
  let company: ServedCompany
  private(set) var said = ""
  /// The argument lists of the processes, as the system shows them to every user.
  private(set) var arguments: Set<Data> = []

  init(_ company: ServedCompany) { self.company = company }

  /// Runs a command to its end, looking at its argument list as long as it lives.
  @discardableResult
  mutating func run(_ command: String...) async throws -> MusterProcess.Ending {
    let running = try company.muster.start(command)
    var seen: Set<Data> = []
    _ = try await running.runs(until: {
      seen.insert(Self.argumentList(of: running.processIdentifier))
      return false
    })
    return note(await running.ending(), seen)
  }

  /// Runs a command and kills it when its journal has so many events.
  mutating func kill(_ command: String..., atEvent number: Int64) async throws
    -> MusterProcess.Ending
  {
    let view = try RunView(folder: company.folder)
    let running = try company.muster.start(command)
    _ = try await running.runs(until: { await view.hasEvent(number) })
    let seen: Set = [Self.argumentList(of: running.processIdentifier)]
    running.send(SIGKILL)
    return note(await running.ending(), seen)
  }

  /// The files of the folder in which one of the secrets stands.
  func files(with search: SecretSearch) throws -> [String] {
    try company.files.filter { search.finds(in: try company.contents(of: $0)) }
  }

  private mutating func note(
    _ ending: MusterProcess.Ending, _ seen: Set<Data>
  ) -> MusterProcess.Ending {
    said += ending.everything
    arguments.formUnion(seen)
    return ending
  }

  private static func argumentList(of process: Int32) -> Data {
    FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
  }
}
