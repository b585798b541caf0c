import ChildProcess
import Foundation
import TestRealm

/// Somebody else's WinRM client, from PyPI.
enum ForeignClient: String, CaseIterable, Sendable {
  case pywinrm
  case pypsrp

  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// Where the packages are, which are installed when they are not there yet.
  private static let packages = Result {
    let script = fixtures.appending(path: "../../../Scripts/foreign-clients").standardized
    return try run([script.path]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What the machine said before and after its migration, and on the way.
  struct Saying: Decodable, Sendable {
    struct Licence: Decodable, Sendable {
      var Description: String
      var PartialProductKey: String
      var LicenseStatus: String
    }

    var before: Licence
    var after: Licence
    var everything: Int
    var systems: [[String: String?]]
    var service: [String: String?]
  }

  /// Migrates a machine as slmgr.vbs would, sealed.
  func migrate(
    _ host: String, port: UInt16, by auth: String, as user: String, key: String, to kmsHost: String,
    tickets: String? = nil
  ) throws -> Saying {
    var environment = ["PYTHONPATH": try Self.packages.get()]
    environment["KRB5CCNAME"] = tickets
    let said = try Self.run(
      [
        "python3", Self.fixtures.appending(path: "foreign_client.py").path, rawValue, auth, user,
        host, "\(port)", key, kmsHost,
      ], environment: environment, input: TestRealm.password + "\n")
    return try JSONDecoder().decode(Saying.self, from: Data(said.utf8))
  }

  struct Failure: Error {
    var code: Int32
    var said: String
  }

  @discardableResult
  private static func run(
    _ command: [String], environment: [String: String] = [:], input: String = ""
  ) throws -> String {
    let saying = try ChildProcess.run(
      command, environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      input: input)
    guard saying.ending.code == 0 else {
      throw Failure(code: saying.ending.code, said: saying.output + saying.errors)
    }
    return saying.output
  }
}
