import ArgumentParser
import Configuration
import Execution
import Planning
import VolumeActivation

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Read every host's licence state into an inventory; changes nothing.",
    discussion: discussion(
      """
      The list has one host a line, and behind a comma its site; lines that begin with # are left \
      out. Hosts that cannot be read are named on standard error and end the command with 11.
      """,
      examples: [
        "muster scan hosts.txt -o inventory.csv",
        "muster scan hosts.txt --config lab/muster.yaml > lab.csv",
      ],
      statuses: [.done, .error, .someHostsFailed]))

  @Argument(help: "The list of hosts.", completion: .file())
  var hosts: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Where the inventory goes; else to standard output.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  @OptionGroup var configuration: ConfigurationOptions

  func run() async throws {
    let list = try HostList(try FileBytes.read(hosts), file: hosts)
    let parts = try WorldParts(
      try ConfigurationFile().read(flag: configuration.file, beside: hosts))
    let sights = await Sweep(
      client: parts.client, width: parts.configuration.concurrency
    ).look(at: list.hosts.map(\.name))
    var lines = [InventoryLine.header]
    var unread = 0
    for (host, sight) in zip(list.hosts, sights) {
      switch sight {
      case .success(let state):
        lines.append(InventoryLine(host.name, site: host.site, state, at: parts.clock.now()).text)
      case .failure(let failure):
        unread += 1
        Console.say("\(host.name): \(failure.words)")
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    if let output {
      try FileBytes.write(output) { send in try send(Array(text.utf8)) }
    } else {
      Console.write(bytes: Array(text.utf8))
    }
    Console.say("\(counted(lines.count - 1, "host")) read, \(unread) could not be read.")
    if unread > 0 { throw ExitStatus.someHostsFailed.ending }
  }
}
