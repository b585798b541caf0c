import CTestRealm
import ChildProcess
import Foundation
import Synchronization

/// A Kerberos realm with a KDC of its own on the loopback, for as long as the process lives.
///
/// libkrb5 reads `KRB5_CONFIG` when it is first used, so a process has one realm: `shared`.
/// The KDC ends with the process.
package final class TestRealm: Sendable {
  package static let name = "MUSTER.TEST"
  /// The password of the users that the realm begins with.
  package static let password = "Correct-Horse-1!"
  /// The host that the realm begins with, with keys for `HTTP`, `WSMAN` and `HOST`.
  package static let host = "pc01.muster.test"

  package static let shared = make(encryption: "aes256-cts-hmac-sha1-96")
  /// One that knows RC4 and nothing better, as the oldest hosts do; it is for a process of its own.
  package static let old = make(encryption: "rc4-hmac")

  private static func make(encryption: String) -> TestRealm {
    do { return try TestRealm(encryption: encryption) } catch {
      fatalError("no test realm: \(error)")
    }
  }

  /// Where its files are.
  private let folder: URL
  private let encryption: String
  /// With the keys of `host`.
  package var keytab: String { path("host.keytab") }

  /// Where a file of this name is or can be.
  package func path(_ name: String) -> String { folder.appending(path: name).path }

  private init(encryption: String) throws {
    self.encryption = encryption
    folder = URL(filePath: String(cString: realm_folder()))
    // An earlier process of this number may have left it behind.
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let port = try Self.freePort()
    try write("krb5.conf", clientConfiguration(port: port))
    try write("kdc.conf", kdcConfiguration(port: port))
    try run("/usr/sbin/kdb5_util", ["create", "-s", "-r", Self.name, "-P", "master"])
    try admin("addprinc -pw \(Self.password) +requires_preauth alice")
    for service in ["HTTP", "WSMAN", "HOST"] {
      try addService("\(service)/\(Self.host)", to: keytab)
    }
    let lifeline = try startKDC(profile: "kdc.conf")
    Self.lifeline.withLock { $0 = lifeline }
  }

  /// Of the KDC of `shared`, held as long as the process lives.
  private static let lifeline = Mutex<Lifeline?>(nil)

  /// A cache whose ticket-granting ticket a KDC of yesterday granted, so that it has expired.
  package func expiredCache() throws -> String {
    try withKDC(of: "-1d") { cache, configuration in
      try run(
        "/usr/bin/faketime", ["-f", "-1d", "/usr/bin/kinit", "-c", cache, "alice"],
        input: Self.password + "\n", configuration: configuration)
    }
  }

  /// A cache with a ticket for `HTTP` of `host` by a KDC whose clock is an hour ahead; libkrb5 keeps
  /// its time with the tickets.
  package func skewedCache() throws -> String {
    try withKDC(of: "+1h") { cache, configuration in
      try run(
        "/usr/bin/kinit", ["-c", cache, "alice"],
        input: Self.password + "\n", configuration: configuration)
      try run(
        "/usr/bin/kvno", ["-c", cache, "HTTP/\(Self.host)"], configuration: configuration)
    }
  }

  /// Lets a second KDC, with the same principals and another time, fill a cache.
  private func withKDC(of time: String, _ body: (String, String) throws -> Void) throws -> String {
    let id = UUID().uuidString
    let port = try Self.freePort()
    try write("\(id).conf", clientConfiguration(port: port))
    try write("\(id)-kdc.conf", kdcConfiguration(port: port))
    let lifeline = try startKDC(profile: "\(id)-kdc.conf", time: time)
    defer { try? lifeline.input.fileHandleForWriting.close() }
    let cache = "FILE:" + path("cache-\(id)")
    try body(cache, "\(id).conf")
    return cache
  }

  private func environment(configuration: String) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(["KRB5_CONFIG": path(configuration)]) { $1 }
  }

  /// Runs one command of kadmin.
  package func admin(_ command: String) throws {
    try run("/usr/sbin/kadmin.local", ["-r", Self.name, "-q", command])
  }

  /// Makes a service with a random key and adds the key to a keytab.
  package func addService(_ principal: String, to keytab: String) throws {
    try admin("addprinc -randkey \(principal)")
    try admin("ktadd -k \(keytab) \(principal)")
  }

  /// Makes many services in one run of kadmin, each with a random key that goes to one keytab.
  package func addServices(_ principals: [String], to keytab: String) throws {
    let commands =
      principals.map { "addprinc -randkey \($0)\n" }
      + ["ktadd -k \(keytab) \(principals.joined(separator: " "))\n"]
    try run("/usr/sbin/kadmin.local", ["-r", Self.name], input: commands.joined())
  }

  /// Logs a user on into a cache of its own.
  ///
  /// - Returns: Its name, for `KRB5CCNAME`.
  package func logOn(_ user: String, options: [String] = []) throws -> String {
    let cache = "FILE:" + path("cache-\(UUID().uuidString)")
    try run("/usr/bin/kinit", options + ["-c", cache, user], input: Self.password + "\n")
    return cache
  }

  package func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Runs a program to its end, with the environment of the realm.
  @discardableResult
  package func run(
    _ program: String, _ arguments: [String], input: String = "",
    configuration: String = "krb5.conf"
  ) throws -> String {
    let saying = try ChildProcess.run(
      [program] + arguments, environment: environment(configuration: configuration), input: input)
    let text = saying.output + saying.errors
    guard saying.ending.code == 0, !text.contains("kadmin.local: ") || !text.contains("while")
    else { throw Failure(program: program, output: text) }
    return text
  }

  package struct Failure: Error {
    package var program: String
    package var output: String
  }

  /// Starts a KDC and returns when it listens.
  ///
  /// It is below a shell that ends it when its input ends, and that happens when this process does,
  /// whichever way. `faketime` leaves a second process, so the signal goes to both. The folder goes with the
  /// KDC whose clock is right.
  ///
  /// - Parameter time: By how much its clock is wrong, as `faketime` has it; nil for not at all.
  private func startKDC(profile: String, time: String? = nil) throws -> Lifeline {
    let clock = time.map { ["/usr/bin/faketime", "-f", $0] } ?? []
    let command =
      [
        "/bin/sh", "-c",
        "setsid \"$@\" < /dev/null & kdc=$!; read end; kill -9 -$kdc; rm -rf \"$0\"",
        time == nil ? folder.path : "",
      ] + clock
      + ["/usr/sbin/krb5kdc", "-n", "-r", Self.name]
    let (input, output) = (Pipe(), Pipe())
    let said = output.fileHandleForWriting.fileDescriptor
    let shell = try ChildProcess(
      command,
      environment: environment(configuration: "krb5.conf")
        .merging(["KRB5_KDC_PROFILE": path(profile)]) { $1 },
      streams: .init(
        input: input.fileHandleForReading.fileDescriptor, output: said, errors: said))
    Thread.detachNewThread { _ = shell.wait() }
    try output.fileHandleForWriting.close()
    var text = ""
    while !text.contains("starting...") {
      let octets = output.fileHandleForReading.availableData
      guard !octets.isEmpty else { throw Failure(program: "krb5kdc", output: text) }
      text += String(decoding: octets, as: UTF8.self)
    }
    return Lifeline(input: input, output: output)
  }

  /// What a KDC lives by: it ends when these are closed.
  private struct Lifeline: Sendable {
    var input: Pipe
    var output: Pipe
  }

  private func clientConfiguration(port: UInt16) -> String {
    """
    [libdefaults]
      default_realm = \(Self.name)
      dns_lookup_kdc = false
      dns_lookup_realm = false
      dns_canonicalize_hostname = false
      rdns = false
      allow_rc4 = true
      permitted_enctypes = \(encryption)
    [realms]
      \(Self.name) = {
        kdc = 127.0.0.1:\(port)
      }
      NOBODY.TEST = {
        kdc = 127.0.0.1:1
      }
    [domain_realm]
      .muster.test = \(Self.name)
    """
  }

  private func kdcConfiguration(port: UInt16) -> String {
    """
    [kdcdefaults]
      kdc_listen = 127.0.0.1:\(port)
      kdc_tcp_listen = 127.0.0.1:\(port)
    [realms]
      \(Self.name) = {
        database_name = \(path("principal"))
        key_stash_file = \(path("stash"))
        acl_file = \(path("acl"))
        max_life = 10h
        master_key_type = \(encryption)
        supported_enctypes = \(encryption):normal
      }
    [logging]
      kdc = FILE:\(path("kdc.log"))
    """
  }

  /// A port that is free for UDP and TCP, as the kernel chose it a moment ago.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure(program: "bind", output: String(cString: strerror(errno))) }
    return UInt16(bigEndian: address.sin_port)
  }
}
