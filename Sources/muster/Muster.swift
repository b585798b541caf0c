import ArgumentParser
import Execution
import Glibc
import Planning

@main
struct Muster: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "muster",
    abstract: "Moves a fleet of Windows machines from MAK to KMS and leaves none of them stranded.",
    discussion: """
      EXAMPLES:
        muster scan hosts.txt -o inventory.csv  read every host; changes nothing
        muster plan inventory.csv -o hq.jsonl   choose hosts, keys and waves
        muster show hq.jsonl                    what will happen, and to whom
        muster simulate hq.jsonl --seed 7       rehearse it on a simulated fleet
        muster apply hq.jsonl                   execute it, wave by wave
        muster status hq.jsonl                  from any terminal, while it runs
        muster rollback hq.jsonl --wave 2       back to MAK
        muster verify hq.jsonl                  afterwards: who is licensed

      A KMS host activates nobody until enough machines have asked: 25 for client
      editions, 5 for server editions. The guard refuses to change hosts until the
      count is projected to get there.

      Nothing but apply, resume and rollback writes to a host. Results go to standard
      output, all other words to standard error.

      A flag goes before its environment variable (MUSTER_...), that before
      muster.yaml beside the inventory or in the working folder, and that before
      ~/.config/muster/muster.yaml.

      Shell completions: muster --generate-completion-script bash (or zsh, fish).

      \(ExitStatus.table())
      """,
    version: version,
    subcommands: [
      PlanCommand.self, ShowCommand.self, ApplyCommand.self, ResumeCommand.self,
      StatusCommand.self, HoldCommand.self, ApproveCommand.self, SkipCommand.self,
      TuneCommand.self, RollbackCommand.self, SimulateCommand.self, VerifyCommand.self,
      ScanCommand.self, JournalCommand.self, FleetCommand.self,
    ]
  )

  /// What `--version` prints, and what journals name as their writer.
  static let version = "0.1.0"

  static func main() async {
    crashSilently()
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

  /// A crash shows nothing of the memory, in which keys and passwords stand: no core file, and no
  /// report of the Swift runtime with the registers and what they point at, unless it is asked for.
  private static func crashSilently() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      signal(number, SIG_DFL)
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
    case let inputs as InputErrors:
      Console.complain(inputs.description)
      switch inputs.first.kind {
      case .input: exit(withError: ExitStatus.error.ending)
      case .document: exit(withError: ExitStatus.doesNotBelong.ending)
      }
    case let journal as JournalError:
      Console.complain(journal.description)
      exit(withError: ExitCode(journal.failure.exitCode))
    case let estate as EstateError:
      Console.complain(estate.description)
      exit(withError: ExitCode(estate.exitCode))
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
