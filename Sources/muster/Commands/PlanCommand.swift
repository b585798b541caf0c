import ArgumentParser
import Configuration
import Execution
import Foundation
import Planning
import SQLiteJournal
import VolumeActivation

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Choose hosts, keys and waves, and project the count.",
    discussion: discussion(
      """
      Reads a CSV or JSON inventory (VAMT's Export-Csv too) and writes a plan: JSON Lines, to be \
      reviewed, kept in git and applied as it stands. The same inventory in any order gives the \
      same bytes.

      When a threshold cannot be reached the plan is refused, with the arithmetic and what would \
      close the gap. --draft writes it all the same, to be read; a draft cannot be applied.
      """,
      examples: [
        "muster plan inventory.csv -o hq.jsonl",
        "muster plan inventory.csv -o hq.jsonl --max-exposed 60",
        "muster plan inventory.csv | jq 'select(.leftOut)'",
      ],
      statuses: [.done, .error, .somethingToChange, .guardRefused]))

  @Argument(help: "The inventory.", completion: .file(extensions: ["csv", "json", "jsonl", "tsv"]))
  var inventory: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Where the plan goes; else to standard output.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var output: String?

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var limits: LimitOptions

  @Option(
    help: ArgumentHelp(
      "The probability the guard asks for before a wave opens.", valueName: "probability"))
  var confidence: Double?

  @Option(
    help: ArgumentHelp(
      "The day that ages are reckoned from; else the newest lastSeen of the inventory.",
      valueName: "date"),
    transform: Timestamp.init(argument:))
  var asOf: Timestamp?

  @Flag(help: "Write the plan although the guard refuses it; it cannot be applied.")
  var draft = false

  @Flag(help: "End with 2 when there is something to change, and with 0 when there is not.")
  var detailedExitcode = false

  @OptionGroup var format: FormatOptions

  func validate() throws {
    if let confidence, !(confidence > 0.5 && confidence < 1) {
      throw ValidationError("--confidence is above 0.5 and below 1.")
    }
    if format.json, output == nil {
      throw ValidationError("--json needs -o: standard output is the plan's otherwise.")
    }
  }

  func run() async throws {
    let configuration = try ConfigurationFile().read(
      flag: configuration.file, beside: inventory)
    let inventory = try await Inventory.read(
      try FileBytes.read(inventory), file: inventory,
      parts: ProcessInfo.processInfo.activeProcessorCount)
    for note in inventory.notes { Console.say("\(self.inventory): \(note)") }
    var terms = configuration.terms(asOf: asOf)
    limits.apply(to: &terms.policy)
    if let confidence { terms.policy.confidence = confidence }
    terms.counted = try await countedBefore(configuration)
    let proposal = Proposal(inventory, terms, draft: draft)
    if let refusal = proposal.refusal { throw try refused(refusal) }
    try write(proposal)
    if detailedExitcode, !proposal.isEmpty { throw ExitStatus.somethingToChange.ending }
  }

  /// Who was counted by earlier runs of this configuration; nobody where there was none.
  private func countedBefore(
    _ configuration: Configuration
  ) async throws -> [HostName: Timestamp] {
    let estate = WorldParts.estate(of: configuration)
    guard FileBytes.exists(estate) else { return [:] }
    return try await SQLiteEstate(path: estate).counted()
  }

  private func write(_ proposal: Proposal) throws {
    guard let output else {
      try proposal.write { Console.write(bytes: $0) }
      for warning in proposal.header.warnings { Console.say(warning) }
      return
    }
    if FileBytes.exists(RunFiles(plan: output).journal) {
      throw Problem(
        .error,
        "\(output) has been applied: its journal lies beside it and would not fit another plan. "
          + "Give the new plan a name of its own.")
    }
    var digest = PlanDigest(rawValue: "")
    try FileBytes.write(output) { send in digest = try proposal.write(send) }
    let summary = PlanSummary(proposal, digest: digest, file: output)
    if format.json {
      try Console.printJSON(summary)
    } else {
      Console.print(PlanText(summary: summary, style: .output).text)
      Console.say("\nWritten to \(output). `muster show \(output)` names every host.")
    }
  }

  private func refused(_ refusal: PlanRefusal) throws -> any Error {
    if format.json {
      try Console.printJSON(RefusalSummary(refusal, inventory: inventory))
    }
    Console.complain(RefusalText(refusal: refusal, inventory: inventory).text)
    return ExitStatus.guardRefused.ending
  }
}

extension Timestamp {
  /// Reads `2026-11-24` or `2026-11-24T09:30:00Z`.
  init(argument text: String) throws {
    let whole = text.contains("T") ? text : text + "T00:00:00Z"
    guard let date = try? Date(whole, strategy: .iso8601) else {
      throw ValidationError("A date is written as 2026-11-24 or 2026-11-24T09:30:00Z.")
    }
    self.init(rawValue: Int64((date.timeIntervalSince1970 * 1000).rounded()))
  }
}
