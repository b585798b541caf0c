import ChildProcess
import Foundation
import TestProgram
import Testing

@Suite struct HelpTests {
  static let commands = [
    "plan", "show", "apply", "resume", "status", "hold", "approve", "skip", "tune", "rollback",
    "simulate", "verify", "scan",
  ]

  private let muster = MusterProcess(folder: FileManager.default.temporaryDirectory)

  @Test(arguments: commands)
  func `a command's help has two examples and its exit codes, in 80 columns`(
    command: String
  ) async throws {
    let help = try await muster.run(command, "--help")
    #expect(help.code == 0)
    let words = try #require(help.output.components(separatedBy: "USAGE:").first)
    #expect(words.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let examples = words.components(separatedBy: "EXAMPLES:").last ?? ""
    #expect(examples.split(separator: "\n").count { $0.hasPrefix("  muster \(command)") } >= 1)
    #expect(examples.split(separator: "\n").count { $0.contains("muster ") } >= 2)
    #expect(words.contains("EXIT CODES:\n    0  done"))
  }

  @Test func `the help of all and the man page name every exit code`() async throws {
    let help = try await muster.run("--help").output
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Scripts/make-man-page").standardized
    let saying = try ChildProcess.run([script.path, MusterProcess.program.path])
    #expect(saying.ending.code == 0)
    let page = saying.output
    for code in [0, 1, 2, 10, 11, 12, 13, 14, 15, 64, 130] {
      #expect(help.contains("\n\(String(repeating: " ", count: 5 - "\(code)".count))\(code)  "))
      #expect(page.contains(".TP\n.B \(code)\n"))
    }
    for command in Self.commands { #expect(page.contains(".SS muster \(command)\n")) }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `there are completions for`(shell: String) async throws {
    let script = try await muster.run("--generate-completion-script", shell)
    #expect(script.code == 0)
    for command in Self.commands { #expect(script.output.contains(command)) }
    #expect(script.output.contains("kms-hosts"))
  }
}
