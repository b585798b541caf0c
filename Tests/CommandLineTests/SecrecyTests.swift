import Foundation
import TestProgram
import Testing

@Suite struct SecrecyTests {
  @Test func `a MAK stands in no file, no message and no result`() async throws {
    let office = try Office(policy: "  approve: [1]")
    defer { office.remove() }
    let muster = office.muster
    var said = try await muster.run("plan", "inventory.csv", "-o", "plan.jsonl").everything
    let commands = [
      ["show", "plan.jsonl"], ["simulate", "plan.jsonl", "--json"], ["apply", "plan.jsonl"],
      ["approve", "plan.jsonl", "--wave", "1"], ["apply", "plan.jsonl", "--json"],
      ["status", "plan.jsonl", "--json"], ["verify", "plan.jsonl"],
      ["rollback", "plan.jsonl", "--all"], ["status", "plan.jsonl", "--hosts", "restored"],
      ["hold", "plan.jsonl"], ["journal", "check", "plan.jsonl"],
    ]
    for command in commands { said += try await muster.run(command).everything }
    // Every host got the MAK back, so the key has been through all of it.
    #expect(try office.deeds().count(where: \.spent) == 38)
    #expect(said.contains("B7B7B"))
    #expect(!said.contains(Office.mak))

    let files = office.files
    for needed in ["plan.jsonl", "plan.jsonl.journal", "plan.jsonl.inbox", "muster.estate"] {
      #expect(files.contains(needed), "\(files)")
    }
    for file in files {
      let bytes = try office.contents(of: file)
      // Neither as text nor as Windows' own UTF-16.
      for encoding in [String.Encoding.utf8, .utf16LittleEndian] {
        let secret = try #require(Office.mak.data(using: encoding))
        #expect(bytes.range(of: secret) == nil, "\(file)")
      }
    }
  }
}
