import ArgumentParser
import FrontDoor
import Negotiate
import Planning
import VolumeActivation

/// Where a served fleet listens, and whom it lets in.
struct DoorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Where WinRM listens; port 0 lets the system choose.", valueName: "address"))
  var http = "127.0.0.1:5985"

  @Option(
    help: ArgumentHelp(
      "Where WinRM listens over HTTPS; needs --certificate and --key.", valueName: "address"))
  var https: String?

  @Option(
    help: ArgumentHelp(
      "Give each host a loopback address of its own, from this one on, with the ports of --http "
        + "and --https.", valueName: "address"))
  var addresses: String?

  @Option(
    help: ArgumentHelp("Users and passwords, for NTLM and Basic.", valueName: "file"),
    completion: .file())
  var users: String?

  @Option(
    help: ArgumentHelp("The hosts' keys, for Kerberos.", valueName: "file"), completion: .file())
  var keytab: String?

  @Option(
    help: ArgumentHelp("The hosts' certificate for HTTPS, in PEM form.", valueName: "file"),
    completion: .file())
  var certificate: String?

  @Option(help: ArgumentHelp("Its key, in PEM form.", valueName: "file"), completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Who signs the certificates of clients that need nothing else, in PEM form.",
      valueName: "file"), completion: .file())
  var clientAuthority: String?

  @Option(help: "Whether a channel binding is ignored, checked, or demanded over HTTPS.")
  var channelBinding = Hardening.relaxed

  enum Hardening: String, CaseIterable, ExpressibleByArgument {
    case none, relaxed, strict
  }

  @Option(
    help: ArgumentHelp(
      "The share of messages that meet a reset, a truncation or another fault of the wire.",
      valueName: "share"))
  var wireFaults = 0.0

  func validate() throws {
    guard users != nil || keytab != nil || clientAuthority != nil else {
      throw ValidationError("Nobody could log on: give --users, --keytab or --client-authority.")
    }
    if https != nil, certificate == nil || key == nil {
      throw ValidationError("--https needs --certificate and --key.")
    }
    if https == nil, certificate ?? key ?? clientAuthority != nil {
      throw ValidationError("--certificate, --key and --client-authority are for --https.")
    }
    guard (0...1).contains(wireFaults) else {
      throw ValidationError("--wire-faults is from 0 to 1.")
    }
    _ = try DoorAddress(http)
    _ = try https.map { try DoorAddress($0) }
    _ = try addresses.map { try LoopbackRange(startingAt: $0) }
  }

  /// Names the file that cannot be read; the libraries that will read them do not.
  func checkFiles() throws {
    for file in [keytab, certificate, key, clientAuthority].compactMap(\.self) {
      _ = try FileBytes.read(file)
    }
  }

  func terms(seed: UInt64) throws -> DoorTerms {
    let binding: ChannelBindingHardening =
      switch channelBinding {
      case .none: .none
      case .relaxed: .relaxed
      case .strict: .strict
      }
    let keys =
      users == nil && keytab == nil
      ? nil : AcceptorKeys(keytab: keytab, ntlmUserFile: users)
    let faults = WireFaults.mixed(wireFaults, seed: seed)
    return DoorTerms(
      keys: keys, localUsers: try users.map { try DoorUsers(file: $0).passwords } ?? [:],
      acceptsCertificates: clientAuthority != nil, hardening: binding, fault: faults.draw)
  }

  /// The listeners for hosts with these names, in their order.
  func listeners(for names: [HostName]) throws -> DoorListeners {
    var places = [(try DoorAddress(http), nil as TLSIdentity?)]
    if let https, let certificate, let key {
      places.append((try DoorAddress(https), try identity(certificate, key)))
    }
    var listeners = DoorListeners()
    guard let addresses else {
      listeners.all = places.map { place, tls in
        FrontDoor.Listener(address: place.address, port: place.port, tls: tls)
      }
      return listeners
    }
    for (name, address) in zip(names, try LoopbackRange(startingAt: addresses)) {
      listeners.directory.addresses[address] = name
      listeners.all += places.map { place, tls in
        FrontDoor.Listener(address: address, port: place.port, tls: tls)
      }
    }
    return listeners
  }

  private func identity(_ certificate: String, _ key: String) throws -> TLSIdentity {
    do {
      return try TLSIdentity(
        certificates: certificate, key: key, clientAuthority: clientAuthority)
    } catch {
      throw InputError(
        .input, at: InputError.Place(file: certificate),
        "it is no certificate that goes with the key \(key): \(error)",
        remedy: "Give both in PEM form, the hosts' certificate before those that signed it")
    }
  }
}
