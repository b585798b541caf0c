import ArgumentParser
import Engine
import Execution
import Planning

struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Take hosts back to their MAK, checked against the activation budget first.",
    discussion: discussion(
      """
      All or nothing: when the MAKs' activations do not suffice, or the count would later fall \
      below what those who stay need, nothing is changed and the hosts are named. Hosts of \
      the choice that were not begun are skipped.

      While a run goes on, it takes them back; otherwise this command does, and begins nothing new.

      A hold of the whole run or of their wave keeps licensed hosts from going back: the command \
      ends with 12 and says which. `muster resume` releases it, then say the rollback again. What \
      is amiss with a KMS host keeps nobody.
      """,
      examples: [
        "muster rollback hq.jsonl --wave 2",
        "muster rollback hq.jsonl --host ws-012.contoso.com --host ws-013.contoso.com",
        "muster rollback hq.jsonl --all",
      ],
      statuses: [
        .done, .error, .guardRefused, .someHostsFailed, .held, .locked, .doesNotBelong,
        .budgetExceeded, .interrupted,
      ]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(
    help: ArgumentHelp("Every host of this wave, counted from 1.", valueName: "number"),
    completion: .custom(PlanCompletion.waves))
  var wave: Int?

  @Option(
    name: .customLong("host"), help: ArgumentHelp("This host; may be repeated.", valueName: "name"),
    completion: .custom(PlanCompletion.hosts))
  var hosts: [String] = []

  @Flag(help: "Every host of the plan.")
  var all = false

  @Flag(help: "Leave as soon as a hold keeps a host, although others are on their way back.")
  var exitOnHold = false

  func validate() throws {
    guard [wave != nil, !hosts.isEmpty, all].count(where: \.self) == 1 else {
      throw ValidationError("Say which hosts: either --wave, or --host, or --all.")
    }
  }

  func run() async throws {
    let door = try RunDoor(plan.plan)
    // A plan that was never applied has nothing to take back, and says so.
    _ = try door.openHolds()
    let verb = Command.Verb.rollback(try chosen(door))
    if door.owner != nil {
      try await door.say(verb, json: format.json)
      return
    }
    var session = try RunSession(
      plan.plan, configuration: configuration.file, log: verbosity.log)
    session.options.onlyBack = true
    session.options.exitOnHold = exitOnHold
    session.json = format.json
    try await session.run([verb])
  }

  private func chosen(_ door: RunDoor) throws -> [HostID] {
    if !hosts.isEmpty { return try door.hosts(hosts) }
    let place = try wave.map(door.wave)
    let chosen = door.plan.hosts.enumerated().filter { _, host in
      host.action == .migrate && (place == nil || host.wave == place)
    }
    guard !chosen.isEmpty else {
      throw Problem(.error, "Nobody in this choice has a MAK to go back to.")
    }
    return chosen.map { HostID(rawValue: UInt32($0.offset)) }
  }
}
