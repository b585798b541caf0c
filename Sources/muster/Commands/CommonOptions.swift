import ArgumentParser

/// `--json`, which most commands have.
struct FormatOptions: ParsableArguments {
  @Flag(help: "Print one JSON value for programs; its `format` names its version.")
  var json = false
}

/// `--verbose`, which the commands have that reach hosts.
struct VerbosityOptions: ParsableArguments {
  @Flag(help: "Say on standard error what each host was asked, and what came of it; no secret.")
  var verbose = false

  var log: RequestLog? { verbose ? RequestLog() : nil }
}

/// The plan that a command is about.
struct PlanArgument: ParsableArguments {
  @Argument(help: "The plan, as `muster plan` wrote it.", completion: .file(extensions: ["jsonl"]))
  var plan: String
}

/// Where `muster.yaml` is.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration; else MUSTER_CONFIG, else muster.yaml beside the first argument or in "
        + "the working folder, else ~/.config/muster/muster.yaml.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?
}

/// Which wave of the plan.
struct WaveArgument: ParsableArguments {
  @Option(
    help: ArgumentHelp("The wave's number, counted from 1.", valueName: "number"),
    completion: .custom(PlanCompletion.waves))
  var wave: Int
}

/// The discussion of a command's help: what it does, examples, and how it ends.
func discussion(
  _ text: String, examples: [String], statuses: [ExitStatus]
) -> String {
  let shown = ExitStatus.allCases.filter { statuses.contains($0) || $0 == .usage }
  return text + "\n\nEXAMPLES:\n" + examples.map { "  " + $0 }.joined(separator: "\n") + "\n\n"
    + ExitStatus.table(shown)
}
