import ArgumentParser
import Engine
import Execution
import Planning
import SQLiteJournal

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a plan will do: to whom, in which order, and why not to others.",
    discussion: discussion(
      """
      Hosts that differ only by name are folded into one line. --host tells all that the plan says \
      of one host, and where it stands once the plan was applied.
      """,
      examples: [
        "muster show hq.jsonl",
        "muster show hq.jsonl --host ws-012.contoso.com",
        "muster show hq.jsonl --json | jq '.leftOut[] | {verdict, hosts}'",
      ], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  @Option(
    help: ArgumentHelp("Show this host alone.", valueName: "name"),
    completion: .custom(PlanCompletion.everybody))
  var host: String?

  func run() throws {
    let plan = try PlanFile.read(self.plan.plan)
    if let host {
      try show(host, of: plan)
      return
    }
    let summary = PlanSummary(plan, file: self.plan.plan)
    if format.json {
      try Console.printJSON(summary)
    } else {
      Console.print(PlanText(summary: summary, style: .output).text)
    }
  }

  private func show(_ host: String, of plan: Plan) throws {
    let files = RunFiles(plan: self.plan.plan)
    let rows =
      FileBytes.exists(files.journal)
      ? try JournalReader(files: files, plan: plan.digest).load().hosts : []
    guard let story = HostStory(of: host, in: plan, rows: rows) else {
      throw Problem(
        .error,
        "\(host) is not in \(self.plan.plan); names are whole, as `muster show --json` has them.")
    }
    if format.json {
      try Console.printJSON(story)
    } else {
      Console.print(story.text(.output))
    }
  }
}
