import Foundation

/// Planning 1,000,000 hosts from CSV, beside Python merely reading the same file.
struct PlanningAMillion {
  let program: String
  private let hosts = 1_000_000
  private let rounds = 3

  /// Both read the same file in turn; each one's fastest round counts.
  func measure(into table: inout Table) throws {
    let folder = try TemporaryFolder()
    let inventory = folder.path + "/inventory.csv"
    try CompanyInventory(hosts: hosts).write(to: inventory)
    let configuration = folder.path + "/muster.yaml"
    try CompanyInventory.configuration.write(
      toFile: configuration, atomically: true, encoding: .utf8)
    setenv("MUSTER_MAK_B7B7B", "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B", 1)
    setenv("MUSTER_MAK_D9D9D", "DDDDD-CCCCC-BBBBB-FFFFF-D9D9D", 1)
    let plan = folder.path + "/plan.jsonl"
    var muster: [Child] = []
    var python: [Child] = []
    for _ in 0..<rounds {
      try? FileManager.default.removeItem(atPath: plan)
      muster.append(
        try succeeding([
          program, "plan", inventory, "--config", configuration, "--output", plan,
        ]))
      python.append(try succeeding(["python3", "-c", Self.reading, inventory]))
    }
    let megabytes = Double(try size(of: inventory)) / 1e6
    let file = "\(Double(hosts).text()) hosts, \(megabytes.text()) MB of CSV"
    guard let ours = muster.min(by: { $0.elapsed < $1.elapsed }),
      let theirs = python.min(by: { $0.elapsed < $1.elapsed })
    else { return }
    table.add("muster plan, \(file)", ours.summary, target: "faster than Python, under 1 GiB")
    table.add("  its plan", "\((Double(try size(of: plan)) / 1e6).text()) MB")
    table.add("python3 reading it with csv.reader", theirs.summary)
    table.add(
      "  muster's time to Python's", (ours.elapsed / theirs.elapsed).text(decimals: 2),
      target: "under 1")
  }

  private static let reading = """
    import csv, sys
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            pass
    """

  private func succeeding(_ arguments: [String]) throws -> Child {
    let child = try Child(running: arguments)
    guard child.status == 0 else {
      throw Child.Failure(description: "\(arguments[0]) ended with \(child.status)")
    }
    return child
  }

  private func size(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }
}
