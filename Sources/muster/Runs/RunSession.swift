import ArgumentParser
import Configuration
import Engine
import Execution
import Foundation
import Planning
import SQLiteJournal
import VolumeActivation

/// One process that runs a plan: it builds the parts, drives them, and says how it ended.
struct RunSession {
  var plan: Plan
  var files: RunFiles
  var keys: RunKeys
  var parts: WorldParts
  var options: RunOptions
  var adopt = false
  var json = false

  /// Reads the plan, and what the configuration says of the world.
  init(_ path: String, configuration: String?, log: RequestLog? = nil) throws {
    plan = try PlanFile.read(path)
    guard !plan.header.draft else {
      throw Problem(
        .guardRefused,
        "\(path): this is a draft that the guard refuses, and drafts cannot be applied. "
          + "Plan again when more machines can be counted; `muster show` has the arithmetic.")
    }
    files = RunFiles(plan: path)
    let configuration = try WorldParts.configuration(
      for: plan, planFile: path, flag: configuration)
    // Without the keys nothing is begun, so nothing is made either.
    keys = try configuration.keys(for: plan)
    parts = try WorldParts(plan: plan, configuration, log)
    options = RunOptions()
    options.planFile = path
  }

  /// Runs until it ends, and throws the exit code unless that is 0.
  func run(_ verbs: [Command.Verb] = []) async throws {
    let stops = Interruptions.counted()
    let now = parts.clock.now()
    let owner = RunOwner.current(version: Muster.version, at: now)
    let journal = try SQLiteJournal(files: files, plan: plan, owner: owner, adopt: adopt, at: now)
    let reporter = ProgressReporter(plan: plan, hosts: try await journal.load().hosts)
    let ports = RunPorts(
      client: parts.client, journal: journal, clock: parts.clock, keys: keys,
      inbox: WatchedInbox(try SQLiteInbox(files: files, plan: plan.digest)),
      estate: try SQLiteEstate(path: parts.estate), stops: stops,
      observe: { reporter.hear($0) })
    let executor = try Executor(plan: plan, ports: ports, options: options)
    let commands = verbs.map { Command(id: CommandID(rawValue: UUID().uuidString), verb: $0) }
    let report = try await reporter.during { try await executor.run(commands) }
    try finish(report)
  }

  private func finish(_ report: RunReport) throws {
    let status = RunStatus(
      plan: plan, file: files.plan, hosts: report.hosts, run: report.run, owner: nil)
    if json {
      try Console.printJSON(status)
    } else {
      Console.print(RunStatusText(status: status, style: .output).text)
    }
    warnOfUnwatched(report)
    let ending: ExitStatus
    switch report.ending {
    case .finished, .tookBack: ending = status.ending
    case .held:
      ending = .held
      sayWhoStays(report)
    case .interrupted: ending = .interrupted
    case .refused(let refusal):
      let text = ReplyText(plan: plan)
      Console.complain(Paragraph(text.line(.refused(refusal))).text)
      ending = text.status(refusal)
    }
    guard ending == .done else { throw ending.ending }
  }

  /// Names the licensed hosts that were sent back and could not set out.
  private func sayWhoStays(_ report: RunReport) {
    let staying = report.hosts.indices.filter { place in
      report.hosts[place].phase == .licensed && report.hosts[place].wish == .back
    }
    guard !staying.isEmpty else { return }
    let names = HostRanges(staying.map { plan.hosts[$0].name.rawValue })
      .line(width: 2 * Paragraph.progressWidth)
    let isKept = report.run.holds.contains { hold in
      if case .kmsHost = hold.scope { false } else { true }
    }
    let remedy =
      isKept
      ? "Release the hold (`muster resume`), and say the rollback again."
      : "As many hosts are exposed as may be: see to those who are stranded, or "
        + "`muster tune --max-exposed`, and say the rollback again."
    let text = "\(counted(staying.count, "host")) still to go back: \(names). \(remedy)"
    Console.say(Paragraph(text, width: Paragraph.progressWidth).text)
  }

  /// Names the hosts that nobody watches until the next run, the earliest deadline first.
  private func warnOfUnwatched(_ report: RunReport) {
    let hosts = report.unwatched
    guard !hosts.isEmpty else { return }
    let names = HostRanges(hosts.map { plan.hosts[Int($0.host.rawValue)].name.rawValue })
      .line(width: 2 * Paragraph.progressWidth)
    let earliest = hosts.compactMap(\.deadline).min().map {
      "; the first deadline is \(Date8601($0))"
    }
    let text =
      "Nobody watches \(counted(hosts.count, "exposed host")) until the next "
      + "`muster apply \(files.plan)`: \(names)\(earliest ?? "")."
    Console.say(Paragraph(text, width: Paragraph.progressWidth).text)
  }
}
