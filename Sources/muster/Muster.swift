import ArgumentParser
import Planning

@main
struct Muster: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "muster",
    abstract: "Moves a fleet of Windows machines from MAK to KMS and leaves none of them stranded.",
    discussion: """
      EXAMPLES:
        muster scan hosts.txt -o inventory.csv       read every host's licence state
        muster plan inventory.csv -o plans/hq.jsonl  choose hosts, keys and waves; project the count
        muster show plans/hq.jsonl                   what will happen, to whom, and why not to others
        muster simulate plans/hq.jsonl --seed 7      rehearse it on a simulated fleet
        muster apply plans/hq.jsonl                  execute it, wave by wave
        muster status plans/hq.jsonl                 from any terminal, while it runs
        muster rollback plans/hq.jsonl --wave 2      back to MAK

      Nothing but apply, resume and rollback writes to a host. A flag goes before MUSTER_…
      environment variables, those before muster.yaml beside the inventory or in the working
      folder, and that before ~/.config/muster/muster.yaml. Shell completions:
      muster --generate-completion-script bash (or zsh, fish).

      \(ExitStatus.table())
      """,
    version: "0.1.0",
    subcommands: []
  )

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// Prints the one message that the error is worth and ends with its number.
  private static func end(with error: any Error) -> Never {
    switch error {
    case let problem as Problem:
      Console.complain(problem.description)
      exit(withError: problem.status.ending)
    case let input as InputError:
      Console.complain(input.description)
      switch input.kind {
      case .input: exit(withError: ExitStatus.error.ending)
      case .document: exit(withError: ExitStatus.doesNotBelong.ending)
      }
    default:
      // The parser's own errors know their text; anything else is an error that explains itself.
      if !(error is ExitCode), exitCode(for: error) == .failure {
        Console.complain(String(describing: error))
        exit(withError: ExitStatus.error.ending)
      }
      exit(withError: error)
    }
  }
}
