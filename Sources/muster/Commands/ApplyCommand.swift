import ArgumentParser
import Engine
import Execution
import Planning
import SQLiteJournal

/// What `apply` and `resume` share.
struct RunFlags: ParsableArguments {
  @Flag(help: "Leave as soon as the run is held, although hosts are exposed or waiting.")
  var exitOnHold = false

  @Flag(
    help: """
      Take over a journal that was copied, restored or moved; hosts that are not at rest are \
      looked at before they are changed.
      """)
  var adopt = false

  @OptionGroup var verbosity: VerbosityOptions

  /// A process that runs the plan as these flags say.
  func session(
    of plan: PlanArgument, _ configuration: ConfigurationOptions, _ format: FormatOptions
  ) throws -> RunSession {
    var session = try RunSession(
      plan.plan, configuration: configuration.file, log: verbosity.log)
    session.options.exitOnHold = exitOnHold
    session.adopt = adopt
    session.json = format.json
    return session
  }
}

struct ApplyCommand: AsyncParsableCommand {
  static let statuses: [ExitStatus] = [
    .done, .error, .guardRefused, .someHostsFailed, .held, .locked, .doesNotBelong, .interrupted,
  ]

  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Execute a plan, wave by wave; go on where an earlier run stopped.",
    discussion: discussion(
      """
      Ctrl-C finishes the steps in flight and stops; a second one stops at once. Both are safe, \
      and so are a crash and a power failure: the next apply goes on from the journal.

      While a run is held and hosts are exposed or waiting, apply stays and watches them.
      """,
      examples: [
        "muster apply hq.jsonl",
        "muster apply hq.jsonl --exit-on-hold --json > result.json",
      ], statuses: statuses))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var flags: RunFlags
  @OptionGroup var format: FormatOptions

  func run() async throws {
    try await flags.session(of: plan, configuration, format).run()
  }
}

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Release a run's holds; go on with it when nobody runs it.",
    discussion: discussion(
      "Only the holds that are open now are released; one that is raised later stays.",
      examples: [
        "muster resume hq.jsonl", "muster resume hq.jsonl --exit-on-hold",
      ], statuses: ApplyCommand.statuses))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var flags: RunFlags
  @OptionGroup var format: FormatOptions

  func run() async throws {
    let door = try RunDoor(plan.plan)
    let release = try door.release()
    if door.owner == nil {
      try await flags.session(of: plan, configuration, format).run(release.map { [$0] } ?? [])
    } else if let release {
      try await door.say(release, json: format.json)
    } else {
      Console.say("No hold is open.")
    }
  }
}
