/// The files of one run: they lie beside the plan and carry its name.
package struct RunFiles: Hashable, Sendable {
  /// The plan as the person named it.
  package let plan: String

  package init(plan: String) {
    self.plan = plan
  }

  /// The journal: a SQLite database, with `-wal` and `-shm` while somebody has it open.
  package var journal: String { plan + ".journal" }
  /// Commands from other terminals.
  package var inbox: String { plan + ".inbox" }
  /// What the operating system's lock is on.
  package var lock: String { plan + ".lock" }
  /// Room that is given up when the disk is full.
  package var ballast: String { plan + ".ballast" }

  /// Where they lie.
  var folder: String {
    guard let slash = plan.lastIndex(of: "/") else { return "." }
    return slash == plan.startIndex ? "/" : String(plan[..<slash])
  }
}
