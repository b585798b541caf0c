import Configuration
import Foundation
import Planning

/// Finds `muster.yaml` and reads it over the user's own.
///
/// The flag goes before MUSTER_CONFIG, that before `muster.yaml` beside the first argument, and
/// that before the one in the working folder.
struct ConfigurationFile {
  var environment = ProcessInfo.processInfo.environment

  func read(flag: String?, beside input: String) throws -> Configuration {
    let user = userFile
    let project = flag ?? environment["MUSTER_CONFIG"] ?? found(beside: input)
    guard project != nil || user != nil else {
      throw InputError(
        .input, at: InputError.Place(file: input), "no muster.yaml was found beside it or here",
        remedy: "Write one that names the KMS hosts and the MAKs, or give it with --config")
    }
    let files = [user, project].compactMap(\.self)
    let sources = try files.map { file in
      Configuration.Source(
        file: file, text: String(decoding: try FileBytes.read(file), as: UTF8.self))
    }
    return try Configuration(reading: sources, environment: environment)
  }

  private func found(beside input: String) -> String? {
    let folder = input.lastIndex(of: "/").map { String(input[...$0]) } ?? ""
    return ["\(folder)muster.yaml", "muster.yaml"].first(where: FileBytes.exists)
  }

  private var userFile: String? {
    let folder =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? environment["HOME"].map { "\($0)/.config" }
    guard let file = folder.map({ "\($0)/muster/muster.yaml" }), FileBytes.exists(file) else {
      return nil
    }
    return file
  }
}
