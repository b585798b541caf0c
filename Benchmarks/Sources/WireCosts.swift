import Foundation

/// What real hosts cost over the wire: beside libcurl alone, and beside pypsrp and pywinrm.
struct WireCosts {
  let program: String
  private let hosts = 1_000
  /// Python's clients are slow; their cost a host does not depend on how many there are.
  private let foreignHosts = 200

  func measure(into table: inout Table) async throws {
    let company = try WireCompany.founded(hosts: hosts)
    let recording = try await WireRecording(company)
    table.add(
      "requests to a host: a look, its steps, a look at the end",
      "\(recording.migration.count), the first look \(recording.look.count)",
      target: "6 or fewer after the handshake")
    try beside(libcurl: recording, company, into: &table)
    try besideOthers(company, into: &table)
  }

  // MARK: libcurl alone

  private func beside(
    libcurl recording: WireRecording, _ company: borrowing WireCompany, into table: inout Table
  ) throws {
    let looks = try WireRecording.write(recording.look, as: "look", to: company)
    let all = try WireRecording.write(recording.migration, as: "migration", to: company)
    let scan = try onFleet(company) { _, _ in
      try succeeding(scanning(company, "https.yaml", to: "scanned.csv"))
    }
    let sealed = try onFleet(company) { _, _ in
      try succeeding(scanning(company, "http.yaml", to: "sealed.csv"))
    }
    let bareScan = try onFleet(company) { fleet, company in try loop(looks, company, fleet) }
    table.add("scan of \(hosts) hosts over HTTPS, Basic", perHost(scan))
    table.add("  libcurl alone, the same requests", perHost(bareScan))
    table.add("  scan's processor time to libcurl's", ratio(scan, bareScan), target: "under 1.5")
    table.add("scan of \(hosts) hosts over HTTP, sealed by NTLM", perHost(sealed))
    try succeeding([
      program, "plan", company.file("inventory.csv"), "--config", company.file("https.yaml"), "-o",
      company.file("https.jsonl"),
    ])
    let apply = try onFleet(company) { _, _ in try succeeding(applying("https", company)) }
    let bare = try onFleet(company) { fleet, company in try loop(all, company, fleet) }
    table.add("apply to \(hosts) hosts over HTTPS, Basic", perHost(apply))
    table.add("  libcurl alone, the same requests", perHost(bare))
    table.add("  apply's processor time to libcurl's", ratio(apply, bare), target: "under 1.5")
  }

  private func loop(
    _ requests: [String], _ company: borrowing WireCompany, _ fleet: ServedFleet
  ) throws -> Child {
    let pair = Data("bob:\(WireCompany.password)".utf8).base64EncodedString()
    return try succeeding(
      [
        ".build/release/bare-loop", "\(fleet.https)", company.file("server.pem"), "128",
        company.file("names.txt"),
      ] + requests, input: "Authorization: Basic \(pair)\n")
  }

  // MARK: Others

  private func besideOthers(
    _ company: borrowing WireCompany, into table: inout Table
  ) throws {
    try succeeding([
      program, "plan", company.file("inventory.csv"), "--config", company.file("http.yaml"), "-o",
      company.file("http.jsonl"),
    ])
    let apply = try onFleet(company) { _, _ in try succeeding(applying("http", company)) }
    table.add(
      "apply to \(hosts) hosts over HTTP, sealed by NTLM",
      "\(perHost(apply)), \(rate(apply, hosts)) hosts a second of processor")
    try company.write(
      "some.txt", (1...foreignHosts).map { WireCompany.name($0) + "\n" }.joined())
    for client in ["pypsrp", "pywinrm"] {
      let child = try onFleet(company) { fleet, company in
        try succeeding(
          [
            "python3", "Benchmarks/Foreign/fleet.py", client, WireCompany.user, "\(fleet.http)",
            "2", company.file("some.txt"), WireCompany.clientSetupKey, WireCompany.kmsHost,
          ], input: WireCompany.password + "\n")
      }
      let times = child.processor / Double(foreignHosts) / (apply.processor / Double(hosts))
      table.add(
        "  \(client), \(foreignHosts) hosts",
        "\(rate(child, foreignHosts)) hosts a second of processor: \(times.text(decimals: 1)) times"
          + " as much of it a host", target: "at least 10 times")
    }
  }

  // MARK: Running

  private func scanning(
    _ company: borrowing WireCompany, _ configuration: String, to output: String
  ) -> [String] {
    [
      program, "scan", company.file("hosts.txt"), "--config", company.file(configuration), "-o",
      company.file(output),
    ]
  }

  private func applying(_ name: String, _ company: borrowing WireCompany) -> [String] {
    [program, "apply", company.file("\(name).jsonl"), "--config", company.file("\(name).yaml")]
  }

  /// Serves a fleet that nobody has touched while `body` runs.
  private func onFleet<Result>(
    _ company: borrowing WireCompany,
    _ body: (ServedFleet, borrowing WireCompany) throws -> Result
  ) throws -> Result {
    let fleet = try ServedFleet(company, program: program)
    defer { fleet.end() }
    return try body(fleet, company)
  }

  @discardableResult
  private func succeeding(_ arguments: [String], input: String = "") throws -> Child {
    let child = try Child(running: arguments, input: input)
    guard child.status == 0 else {
      throw Child.Failure(
        description: "\(arguments.prefix(3).joined(separator: " ")) ended with \(child.status)")
    }
    return child
  }

  private func perHost(_ child: Child) -> String {
    "\(child.summary): \((child.processor / Double(hosts) * 1e6).text()) µs of processor a host"
  }

  private func ratio(_ child: Child, _ other: Child) -> String {
    (child.processor / other.processor).text(decimals: 2)
  }

  private func rate(_ child: Child, _ hosts: Int) -> String {
    (Double(hosts) / child.processor).text()
  }
}
