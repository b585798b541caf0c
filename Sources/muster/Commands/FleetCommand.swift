import ArgumentParser
import Execution
import FrontDoor
import Negotiate
import Planning
import SimulatedFleet
import VolumeActivation

/// What can be done with a simulated fleet itself.
struct FleetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Look after a simulated fleet.",
    subcommands: [FleetServeCommand.self])
}

struct FleetServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Let a simulated fleet answer as WinRM does, on this machine's loopback.",
    discussion: discussion(
      """
      Any WinRM client can drive it: muster itself, pywinrm, pypsrp. Nothing in it speaks to a KMS \
      host or to Microsoft. It says on standard output where it listens, a line each, and goes on \
      until Ctrl-C.

      A host is known by the Host header, or by an address of its own: with --addresses the hosts \
      get 127.x.y.z one after the other, and each line ends in the host's name.

      The file of users has DOMAIN:user:password to a line and is for NTLM, and for Basic over \
      HTTPS with the user's name alone; only its owner may read it. Kerberos is checked with a \
      keytab that has HTTP/NAME for each host. gss-ntlmssp is needed for NTLM. Have \
      dns_canonicalize_hostname = false under [libdefaults] in krb5.conf: else libkrb5 asks the DNS \
      for each host's name, also beneath NTLM.

      Fault profiles: \(FaultProfile.all.map(\.name).joined(separator: ", ")).
      """,
      examples: [
        "muster fleet serve inventory.csv --users users.txt",
        "muster fleet serve hq.jsonl --keytab fleet.keytab --http 127.0.0.1:0",
        "muster fleet serve hq.jsonl --users users.txt --wire-faults 0.02 --faults light",
      ], statuses: [.done, .error, .doesNotBelong]))

  @Argument(
    help: "What the fleet is: an inventory, or a plan (.jsonl).",
    completion: .file(extensions: ["csv", "json", "jsonl"]))
  var source: String

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var door: DoorOptions

  func run() async throws {
    let interruptions = Interruptions.counted()
    try door.checkFiles()
    let served = try await ServedFleet(source, configuration: configuration.file, fleet)
    let windows = try SimulatedWindows(served.home, clock: served.clock)
    let listeners = try door.listeners(for: served.names)
    let front = FrontDoor(
      windows, try door.terms(seed: fleet.seed), directory: listeners.directory)
    try await front.serve(listeners.all) { ports in
      for (listener, port) in zip(listeners.all, ports) {
        Console.print(listeners.line(listener, port))
      }
      Console.say("\(counted(served.names.count, "host")) behind it; Ctrl-C ends it.")
      for await _ in interruptions { return }
    }
    let totals = front.totals
    Console.say(
      "\(counted(totals.connections, "connection")), \(counted(totals.messages, "message")).")
  }
}
