import ArgumentParser
import Configuration
import Execution
import Planning
import VolumeActivation

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Look at every host of a plan: who is licensed, who is not renewing, is the count holding.",
    discussion: discussion(
      """
      Reads only. A KMS licence lasts 180 days and is renewed every 7; one that was not renewed \
      for 8 days is named, and so is one that asks another KMS host than planned. The count is held \
      against the threshold of those who stay.
      """,
      examples: [
        "muster verify hq.jsonl",
        "muster verify hq.jsonl --detailed-exitcode || logger 'a host is not renewing'",
        "muster verify hq.jsonl --json | jq '.groups[] | {finding, hosts}'",
      ],
      statuses: [.done, .error, .somethingToChange, .someHostsFailed, .doesNotBelong, .interrupted])
  )

  @OptionGroup var plan: PlanArgument
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var format: FormatOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Flag(help: "End with 2 when a host or a count needs attention, and with 0 when none does.")
  var detailedExitcode = false

  func run() async throws {
    let plan = try PlanFile.read(self.plan.plan)
    let parts = try WorldParts(
      plan: plan,
      try WorldParts.configuration(
        for: plan, planFile: self.plan.plan, flag: configuration.file), verbosity.log)
    let report: VerifyReport
    do {
      report = try await Interruptions.cancelling { try await look(at: plan, parts) }
    } catch is Interruptions.Interrupted {
      throw Problem(.interrupted, "interrupted; nothing was kept.")
    }
    if format.json {
      try Console.printJSON(report)
    } else {
      Console.print(report.text(.output))
    }
    guard report.needsAttention else { return }
    throw (detailedExitcode ? ExitStatus.somethingToChange : .someHostsFailed).ending
  }

  private func look(at plan: Plan, _ parts: WorldParts) async throws -> VerifyReport {
    var sights = [Sweep.Sight?](repeating: nil, count: plan.hosts.count)
    var progress = LookProgress(of: sights.count)
    defer { progress.end() }
    try await Sweep(client: parts.client, width: parts.configuration.concurrency)
      .look(at: plan.hosts.map(\.name)) { place, sight in
        sights[place] = sight
        progress.count(place, isRead: (try? sight.get()) != nil)
      } willAskAgain: {
        progress.askAgain($0)
      }
    var counts: [Int?] = []
    for host in plan.header.kmsHosts {
      counts.append(try? await parts.client.readKMSHost(host.address).count)
    }
    return VerifyReport(
      plan: plan, file: self.plan.plan, sights: sights.compactMap(\.self), counts: counts)
  }
}
