import ArgumentParser
import Planning

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a plan will do: to whom, in which order, and why not to others.",
    discussion: discussion(
      "Hosts that differ only by name are folded into one line.",
      examples: [
        "muster show plans/hq.jsonl",
        "muster show plans/hq.jsonl --json | jq '.leftOut[] | {verdict, hosts}'",
      ], statuses: [.done, .error, .doesNotBelong]))

  @OptionGroup var plan: PlanArgument
  @OptionGroup var format: FormatOptions

  func run() async throws {
    let summary = PlanSummary(try PlanFile.read(plan.plan), file: plan.plan)
    if format.json {
      try Console.printJSON(summary)
    } else {
      Console.print(PlanText(summary: summary, style: .output).text)
    }
  }
}
