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
      out, and - is standard input. Hosts that cannot be read are lines of the inventory too, with \
      the reason in the column scanError, and end the command with 11: plan leaves them out.

      A scan that is interrupted or killed goes on from there when it is said again, since what \
      was read is kept in FILE.partial for 24 hours. Three hosts in a row that refuse the account \
      stop it, so that a wrong password locks nobody out.

      A host that does not answer is asked again after the others, once, and twice when its answer \
      was lost. --unread reads those anew that an inventory has as unread, and the list's new ones.
      """,
      examples: [
        "muster scan hosts.txt -o inventory.csv",
        "muster scan hosts.txt -o inventory.csv --unread",
        "muster scan hosts.txt --config lab/muster.yaml > lab.csv",
        "getent hosts | awk '{print $2}' | muster scan - -o inventory.csv",
      ],
      statuses: [.done, .error, .someHostsFailed, .locked, .interrupted]))

  @Argument(help: "The list of hosts; - is standard input.", completion: .file())
  var hosts: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Where the inventory goes; else to standard output.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var output: String?

  @Flag(help: "Keep what the inventory has, and read only the hosts that are not read in it.")
  var unread = false

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if unread, output == nil {
      throw ValidationError("Say with -o which inventory has the hosts that are --unread.")
    }
  }

  func run() async throws {
    let list = try HostList(
      try FileBytes.readOrInput(hosts), file: hosts == "-" ? "standard input" : hosts)
    let configuration = try ConfigurationFile().read(flag: configuration.file, beside: hosts)
    let scan = Scan(
      list: list, parts: try WorldParts(configuration, verbosity.log), output: output,
      onlyUnread: self.unread)
    let unread: UnreadHosts
    do {
      unread = try await Interruptions.cancelling { try await scan.run() }
    } catch is Interruptions.Interrupted {
      throw Problem(
        .interrupted,
        output == nil
          ? "interrupted; with -o FILE a scan could go on from there."
          : "interrupted; the same command goes on from there.")
    }
    for line in unread.lines { Console.say(line) }
    Console.say(
      "\(counted(list.hosts.count - unread.count, "host")) read, "
        + "\(unread.count) could not be read.")
    if unread.count > 0, output != nil {
      Console.say("The same command with --unread reads those alone.")
    }
    if unread.count > 0 { throw ExitStatus.someHostsFailed.ending }
  }
}
