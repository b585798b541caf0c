import Foundation

/// Many hosts at a time, and many in all.
struct WireScale {
  let program: String

  func measure(into table: inout Table) async throws {
    try inFlight(1_000, into: &table)
    try endToEnd(10_000, into: &table)
  }

  /// Hosts that take what Windows takes, all of them asked at once.
  private func inFlight(_ count: Int, into table: inout Table) throws {
    let company = try WireCompany.founded(hosts: count)
    let fleet = try ServedFleet(company, program: program, tempo: "usual")
    defer { fleet.end() }
    let text = try String(contentsOfFile: company.file("http.yaml"), encoding: .utf8)
    try company.write(
      "wide.yaml", text.replacing("concurrency: 128", with: "concurrency: \(count)"))
    let child = try Child(running: [
      program, "scan", company.file("hosts.txt"), "--config", company.file("wide.yaml"), "-o",
      company.file("scanned.csv"),
    ])
    table.add(
      "scan with \(count) hosts in flight, sealed by NTLM", said(child), target: "under 150 MiB")
  }

  private func endToEnd(_ count: Int, into table: inout Table) throws {
    let company = try WireCompany.founded(hosts: count)
    let fleet = try ServedFleet(company, program: program)
    defer { fleet.end() }
    let configuration = ["--config", company.file("http.yaml")]
    let (scanned, plan) = (company.file("scanned.csv"), company.file("plan.jsonl"))
    let steps = [
      ["scan", company.file("hosts.txt"), "-o", scanned], ["plan", scanned, "-o", plan],
      ["apply", plan], ["verify", plan],
    ]
    for step in steps {
      let child = try Child(running: [program] + step + configuration)
      table.add("\(count) hosts over the wire: \(step[0])", said(child))
    }
  }

  private func said(_ child: Child) -> String {
    child.summary + (child.status == 0 ? "" : ", ended with \(child.status)")
  }
}
