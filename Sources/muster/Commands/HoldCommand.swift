import ArgumentParser
import Engine

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Begin no further hosts; those already changed go on.",
    discussion: discussion(
      "A hold drains: hosts already changed still ask, are watched and are rescued.",
      examples: ["muster hold plans/hq.jsonl", "muster resume plans/hq.jsonl"],
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
      "Waves that wait are named in the policy (`approve: [2]`) and marked in `muster show`.",
      examples: ["muster approve plans/hq.jsonl --wave 2"],
      statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions
  @Option(help: ArgumentHelp("The wave's number, counted from 1.", valueName: "number"))
  var wave: Int

  func run() async throws {
    let door = try RunDoor(plan.plan)
    try await door.say(.approve(try door.wave(wave)), json: format.json)
  }
}

struct SkipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip",
    abstract: "Leave unchanged hosts as they are.",
    discussion: discussion(
      "A host that has been changed can only go forward or back; see `muster rollback`.",
      examples: ["muster skip plans/hq.jsonl ws-012.hq.contoso.com ws-013.hq.contoso.com"],
      statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions
  @Argument(help: "The hosts, by name.")
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
        "muster tune plans/hq.jsonl --concurrency 16",
        "muster tune plans/hq.jsonl --max-exposed 60 --failure-budget 10%",
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
