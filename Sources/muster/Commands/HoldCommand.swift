import ArgumentParser
import Engine

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Begin no further hosts; those already changed go on.",
    discussion: discussion(
      "A hold drains: hosts already changed still ask, are watched and are rescued.",
      examples: ["muster hold hq.jsonl", "muster resume hq.jsonl   releases it"],
      statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  func run() async throws {
    try await RunDoor(plan.plan).say(.hold, json: format.json)
  }
}

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Let a wave open that waits for a person.",
    discussion: discussion(
      """
      Waves that wait are named in the policy (`approve: [2]`) and marked in `muster show`. A wave \
      may be approved before its turn comes.
      """,
      examples: ["muster approve hq.jsonl --wave 2", "muster approve hq.jsonl --wave 2 --json"],
      statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions
  @OptionGroup var choice: WaveArgument

  func run() async throws {
    let door = try RunDoor(plan.plan)
    try await door.say(.approve(try door.wave(choice.wave)), json: format.json)
  }
}

struct SkipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip",
    abstract: "Leave unchanged hosts as they are.",
    discussion: discussion(
      "A host that has been changed can only go forward or back; see `muster rollback`.",
      examples: [
        "muster skip hq.jsonl ws-012.contoso.com ws-013.contoso.com",
        "muster skip hq.jsonl $(cat postponed.txt)",
      ],
      statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions
  @Argument(help: "The hosts, by name.", completion: .custom(PlanCompletion.hosts))
  var hosts: [String]

  func run() async throws {
    let door = try RunDoor(plan.plan)
    for host in try door.hosts(hosts) {
      try await door.say(.skip(host), json: format.json)
    }
  }
}

struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Change a run's limits while it goes on.",
    discussion: discussion(
      "What is not named stays as it is.",
      examples: [
        "muster tune hq.jsonl --concurrency 16",
        "muster tune hq.jsonl --max-exposed 60 --failure-budget 10%",
      ], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions
  @OptionGroup var limits: LimitOptions

  func validate() throws {
    guard limits.tuning != Tuning() else {
      throw ValidationError("Name at least one limit.")
    }
  }

  func run() async throws {
    try await RunDoor(plan.plan).say(.tune(limits.tuning), json: format.json)
  }
}
