import Foundation
import GRDB
import TestProgram
import Testing

/// Journals that a run must not go on with: each gets one message that names the file and says what
/// to do, its own code, and nothing is changed.
@Suite(.serialized) struct JournalMistakeTests {
  /// An office whose first wave waits for a person: it has a journal, and no host was changed.
  private func begunOffice() async throws -> Office {
    let office = try Office(policy: "  approve: [1]")
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    #expect(try await office.muster.run("apply", "plan.jsonl").code == 12)
    return office
  }

  /// Applies and expects one message with these words, this code, and that no file is another.
  private func expectRefusal(
    _ office: Office, _ code: Int32, _ words: [String], _ arguments: [String] = ["apply"]
  ) async throws {
    let before = try office.contents(of: "plan.jsonl.journal")
    let ending = try await office.muster.run(arguments + ["plan.jsonl"])
    #expect(ending.code == code, "\(ending.everything)")
    #expect(ending.output.isEmpty)
    #expect(ending.messages.split(separator: "\n").count == 1, "\(ending.messages)")
    for word in ["plan.jsonl.journal"] + words {
      #expect(ending.messages.contains(word), "\(word) is missing in: \(ending.messages)")
    }
    #expect(try office.contents(of: "plan.jsonl.journal") == before)
    #expect(try office.deeds().isEmpty)
  }

  @Test func `a journal of another plan`() async throws {
    let office = try await begunOffice()
    defer { office.remove() }
    try office.write("inventory.csv", Office.inventory(clients: 31, servers: 6))
    // Planning itself does not write over a plan that has a journal.
    let again = try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl")
    #expect(again.code == 1 && again.messages.contains("has been applied"), "\(again.messages)")
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "other.jsonl").code == 0)
    try office.write("plan.jsonl", try office.read("other.jsonl"))
    for command in ["apply", "resume", "status", "hold"] {
      try await expectRefusal(office, 14, ["digest", "a file name of its own"], [command])
    }
  }

  @Test func `a journal of a newer version`() async throws {
    let office = try await begunOffice()
    defer { office.remove() }
    try office.edit("plan.jsonl.journal", "UPDATE journal SET format = 99")
    try await expectRefusal(office, 14, ["format 99", "a later one"])
    try await expectRefusal(office, 14, ["format 99", "a later one"], ["status"])
  }

  @Test(arguments: ["no database", "half of it", "zeros in its middle"])
  func `a damaged journal`(damage: String) async throws {
    let office = try await begunOffice()
    defer { office.remove() }
    var bytes = try office.contents(of: "plan.jsonl.journal")
    switch damage {
    case "no database": bytes = Data("name,site\n".utf8)
    case "half of it": bytes = bytes.prefix(bytes.count / 2)
    case _: bytes.resetBytes(in: 8192..<bytes.count - 4096)
    }
    // The file stays the same one, as it does when a disk fails.
    let file = try FileHandle(forWritingTo: office.folder.appending(path: "plan.jsonl.journal"))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: bytes)
    try file.close()
    try await expectRefusal(office, 14, ["damaged", "backup"])
    try await expectRefusal(office, 14, ["damaged"], ["status"])
  }

  @Test(arguments: [
    "DROP TRIGGER event_kept; UPDATE event SET kind = 'imagined' WHERE seq = 2",
    "DROP TRIGGER event_stays; DELETE FROM event WHERE seq = 2",
    "UPDATE host SET phase = 'licensed' WHERE id = 3",
    "UPDATE run SET attempts = attempts + 1",
    "INSERT INTO event(seq, epoch, at, kind, code) SELECT max(seq) + 1, 1, max(at), 'wave-opened', 1 "
      + "FROM event",
  ])
  func `a journal whose rows do not follow from its events is found`(sql: String) async throws {
    let office = try await begunOffice()
    defer { office.remove() }
    let sound = try await office.muster.run("journal", "check", "plan.jsonl")
    #expect(sound.code == 0 && sound.output.contains("plan.jsonl.journal: sound"))
    try office.edit("plan.jsonl.journal", sql)
    try await expectRefusal(office, 14, ["damaged", "backup"], ["journal", "check"])
  }

  @Test func `a journal that was copied is taken over only on a person's word`() async throws {
    let office = try await begunOffice()
    defer { office.remove() }
    // Another file of the same name, as a restored backup is.
    let (journal, copy) = ("plan.jsonl.journal", "plan.jsonl.journal.copy")
    try office.write(copy, bytes: try office.contents(of: journal))
    try office.rename(copy, to: journal)
    try await expectRefusal(office, 14, ["copied, restored or moved", "--adopt"])
    #expect(try await office.muster.run("apply", "plan.jsonl", "--adopt").code == 12)
    #expect(try await office.muster.run("apply", "plan.jsonl").code == 12)
  }

  @Test(.enabled(if: PrivateMounts.areAllowed))
  func `a folder that cannot be written`() async throws {
    let office = try Office()
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let folder = try office.folderOfPlans()
    let mounts = PrivateMounts(folder: folder)
    let refused = try await office.muster.run(
      command: mounts.command(
        #"""
        mount --bind "$1" "$1"
        mount -o remount,bind,ro "$1"
        exec "$2" apply "$1/plan.jsonl" --config muster.yaml
        """#))
    #expect(refused.code == 1, "\(refused.everything)")
    #expect(refused.messages.contains("plan.jsonl.lock") && refused.messages.contains("read-only"))
    #expect(refused.messages.contains("writable"), "\(refused.messages)")
    #expect(try office.deeds().isEmpty)
  }

  @Test(.enabled(if: PrivateMounts.areAllowed))
  func `a full disk holds the run, and it goes on when there is room`() async throws {
    let office = try Office(speed: 60)
    defer { office.remove() }
    #expect(try await office.muster.run("plan", "inventory.csv", "-o", "plan.jsonl").code == 0)
    let folder = try office.folderOfPlans()
    let mounts = PrivateMounts(folder: folder)
    // The disk is filled while hosts are exposed, so that the run stays, and emptied once it has said
    // what is wrong.
    let full = try await office.muster.run(
      command: mounts.command(
        #"""
        cp "$1/plan.jsonl" kept.jsonl
        mount -t tmpfs -o size=24m none "$1"
        cp kept.jsonl "$1/plan.jsonl"
        "$2" apply "$1/plan.jsonl" --config muster.yaml 2> said.txt &
        run=$!
        until "$2" status "$1/plan.jsonl" 2> /dev/null | grep -q waiting; do kill -0 $run; done
        cat /dev/zero > "$1/filler" 2> /dev/null || true
        until grep -q 'HELD: .*journal' said.txt; do kill -0 $run; sleep 0.01; done
        rm "$1/filler"
        code=0
        wait $run || code=$?
        "$2" journal check "$1/plan.jsonl"
        exit $code
        """#))
    let said = try office.read("said.txt")
    #expect(full.code == 0, "\(full.everything) \(said)")
    #expect(said.contains("the journal cannot be written"), "\(said)")
    #expect(said.contains("Make room on its disk"), "\(said)")
    #expect(full.output.contains("38 licensed"), "\(full.output)")
  }
}
