import FoundationEssentials
import Glibc
import Planning
package import VolumeActivation

/// Where a MAK or a password comes from: never from an argument, and never from the configuration.
package enum SecretSource: Hashable, Sendable {
  /// `env:NAME`.
  case environment(String)
  /// `file:PATH`; only its owner may be able to read it.
  case file(String)
  /// `command:pass show mak/B7B7B`; its first line of output is the secret.
  case command(String)

  /// Reads the three forms; nil for any other.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let value = String(text[text.index(after: colon)...])
    guard value.contains(where: { $0 != " " }) else { return nil }
    switch text[..<colon] {
    case "env": self = .environment(value)
    case "file": self = .file(value)
    case "command": self = .command(value)
    default: return nil
    }
  }
}

extension SecretSource: CustomStringConvertible {
  package var description: String {
    switch self {
    case .environment(let name): "the environment variable \(name)"
    case .file(let path): "the file \(path)"
    case .command: "the command"
    }
  }
}

extension Configuration {
  /// Fetches the MAK that ends so; the error never holds what was found.
  ///
  /// Throws `InputError` when the configuration does not name it, its source gives nothing, or
  /// what it gives is not that MAK.
  package func key(
    endingWith partial: PartialProductKey, environment: [String: String]
  ) throws -> ProductKey {
    guard let mak = maks.first(where: { $0.endsWith == partial }), let source = mak.secret else {
      throw InputError(
        .input, at: InputError.Place(file: file),
        "MAK …\(partial) is the way back of hosts in the plan, and its secret is not named",
        remedy: "Add `secret:` to its entry under maks, as env:NAME, file:PATH or command:COMMAND")
    }
    let text = Self.trimmed(try text(of: source, at: mak.place, environment: environment))
    let key: ProductKey
    do {
      key = try ProductKey(text)
    } catch {
      throw InputError(
        .input, at: mak.place,
        "what \(source) gives for MAK …\(partial) is no product key: \(error)",
        remedy: "Store the whole key there, five groups with hyphens and nothing else")
    }
    guard !ClientSetupKeys.published.isPublished(key) else {
      throw InputError(
        .input, at: mak.place,
        "what \(source) gives for MAK …\(partial) is a published client setup key (GVLK), no MAK",
        remedy: "Store the MAK there; the published keys are part of Muster")
    }
    guard key.partial == partial else {
      throw InputError(
        .input, at: mak.place,
        "what \(source) gives ends in \(key.partial), and the configuration says \(partial)",
        remedy: "Correct endsWith, or the key that is stored")
    }
    return key
  }

  /// Fetches the password of the account that logs on to hosts, spaces and all.
  ///
  /// Throws `InputError` when its source gives nothing; the error never holds what was found.
  package func password(
    _ password: WinRMTransport.Password, environment: [String: String]
  ) throws -> Secret<String> {
    let text = try text(of: password.secret, at: password.place, environment: environment)
    let line = text.prefix { !$0.isNewline }
    guard !line.isEmpty else {
      throw InputError(
        .input, at: password.place,
        "\(password.secret) gives no password for \(password.user)",
        remedy: "Store it there, in the first line and alone")
    }
    return Secret(String(line))
  }

  private func text(
    of source: SecretSource, at place: InputError.Place, environment: [String: String]
  ) throws -> String {
    switch source {
    case .environment(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw InputError(
          .input, at: place, "the environment variable \(name) is not set",
          remedy: "Set it to the secret for this command only")
      }
      return value
    case .file(let path):
      return try contents(of: self.path(path), at: place)
    case .command(let command):
      let line = SecretCommand(line: command, environment: withoutSecrets(environment))
      return try output(of: line, at: place)
    }
  }

  private func contents(of path: String, at place: InputError.Place) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(
        .input, at: place,
        "the secrets file \(path) cannot be read: \(String(cString: strerror(errno)))",
        remedy: "Check its path, which is relative to the configuration, and its owner")
    }
    defer { _ = close(descriptor) }
    // The open file is asked, not its name, so that nobody can change the one for the other.
    var about = stat()
    guard fstat(descriptor, &about) == 0 else {
      throw InputError(
        .input, at: place,
        "the secrets file \(path) cannot be examined: \(String(cString: strerror(errno)))",
        remedy: "Check its file system")
    }
    let access = SecretsFileAccess(owner: about.st_uid, mode: about.st_mode)
    switch access.flaw(for: geteuid()) {
    case nil: break
    case .foreignOwner(let owner):
      throw InputError(
        .input, at: place,
        "the secrets file \(path) belongs to another user (uid \(owner)), who can read and change it",
        remedy: "Run `chown` to make it yours and `chmod 600`, or give a file of your own")
    case .openToOthers(let mode):
      throw InputError(
        .input, at: place, "the secrets file \(path) can be read by others (mode \(mode))",
        remedy: "Run `chmod 600 \(path)`, and consider the key known to whoever could read it")
    }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private func output(
    of command: SecretCommand, at place: InputError.Place
  ) throws -> String {
    let problem: String
    do throws(SecretCommand.Failure) {
      let text = String(decoding: try command.output(), as: UTF8.self)
      return String(text.prefix { $0 != "\n" && $0 != "\r\n" })
    } catch {
      switch error {
      case .notStarted: problem = "cannot be started"
      case .ended(let status): problem = "failed with status \(status >> 8 & 0xFF)"
      }
    }
    throw InputError(
      .input, at: place, "the command for the secret \(problem)",
      remedy: "Try the command in a shell")
  }

  /// What a command may know of an environment: neither Muster's own variables nor any that holds a
  /// secret.
  private func withoutSecrets(_ environment: [String: String]) -> [String: String] {
    var sources = maks.compactMap(\.secret)
    if case .winrm(let transport) = self.transport,
      case .password(let password, _) = transport.logOn
    {
      sources.append(password.secret)
    }
    return environment.filter { name, _ in
      !name.hasPrefix("MUSTER_") && !sources.contains(.environment(name))
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
