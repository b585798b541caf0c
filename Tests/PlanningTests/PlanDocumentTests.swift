import Planning
import Testing
import VolumeActivation

@Suite struct PlanDocumentTests {
  /// A small plan that has a line of every sort, and fields of every sort.
  private func small() throws -> [UInt8] {
    let rows =
      servers(7) + [
        FleetRow.client("renewed").with(\.channel, .kmsClient).with(\.key, "T83GX")
          .with(\.kmsHost, "kms01.contoso.com").with(\.cmid, 9),
        FleetRow.server("dc").with(\.type, .domainController).with(\.confirmation, "55 \"5\\"),
        FleetRow.client("oem").with(\.channel, .oem).with(\.site, "Zürich \"north\"\n"),
      ]
    var terms = try terms(count: 2)
    terms.entitlements = [Entitlement(product: "Windows Server 2022", owned: 5)]
    return try Proposal(inventory(rows), terms).document()
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do throws(InputError) {
      _ = try PlanDocument.read(bytes, file: "plan.jsonl")
      return nil
    } catch {
      #expect(error.kind == .document)
      return "\(error)"
    }
  }

  @Test func `what was written is read back`() throws {
    let document = try small()
    let plan = try PlanDocument.read(document, file: "plan.jsonl")
    #expect(!plan.header.draft)
    #expect(plan.header.kmsHosts[0].address.description == "kms01.contoso.com")
    #expect(plan.waves.map(\.kind) == [.renewal, .muster, .rollout])
    #expect(plan.hosts.count == 9)
    #expect(plan.leftOut.map(\.site) == ["Zürich \"north\"\n"])
    let first = try #require(plan.hosts.first)
    #expect(first.name.rawValue == "renewed.contoso.com")
    #expect(first.action == .ask)
    #expect(first.to.rawValue == "T83GX")
    let controller = try #require(plan.hosts.last)
    #expect(controller.group == "domain-controllers@hq")
    #expect(controller.weight == 8)
    #expect(
      controller.wayBack
        == .confirmation(
          MAKID(rawValue: 1), InstallationID(rawValue: "1234567"),
          ConfirmationID(rawValue: "55 \"5\\")))
    let server = plan.hosts[1]
    #expect(server.product == "Windows Server 2022")
    #expect(server.wayBack == .online(MAKID(rawValue: 1)))
    #expect(server.clientMachineID == ClientMachineID(high: 1, low: 100_001))
    #expect(server.version == NTVersion(10, 0))
    #expect(server.build == 20348)
    #expect(server.raisesCount)
  }

  @Test func `the document reads as JSON Lines with its keys in one order`() throws {
    let lines = String(decoding: try small(), as: UTF8.self).split(separator: "\n")
    #expect(lines[0].hasPrefix(#"{"format":"muster-plan/1","draft":false,"asOf":1800000000000,"#))
    #expect(
      lines[2] == """
        {"wave":2,"kind":"muster","kmsHost":"kms01.contoso.com","hosts":7,"peakExposed":2,\
        "needsApproval":false,"sites":["hq"]}
        """)
    #expect(
      lines[5] == """
        {"host":"srv-000.contoso.com","wave":2,"action":"migrate","site":"hq","kind":"server",\
        "product":"Windows Server 2022","edition":"ServerStandard","version":"10.0",\
        "build":20348,"from":"C8C8C","to":"VMK7H","licensed":true,\
        "cmid":"00000000-0000-0001-0000-0000000186a1","raisesCount":true,"mak":"C8C8C",\
        "weight":5,"exposed":true}
        """)
    #expect(
      lines.last?.hasPrefix(#"{"trailer":{"waves":3,"hosts":9,"leftOut":1,"sha256":""#) == true)
  }

  @Test func `every byte that is changed is noticed`() throws {
    let document = try small()
    for place in document.indices {
      var damaged = document
      damaged[place] ^= 0x20
      #expect(message(damaged) != nil, "byte \(place)")
      damaged[place] = document[place] ^ 0x01
      #expect(message(damaged) != nil, "byte \(place)")
    }
  }

  @Test func `a plan cut off anywhere is noticed, and says so`() throws {
    let document = try small()
    for length in 0..<document.count {
      #expect(message(Array(document.prefix(length))) != nil, "\(length) bytes")
    }
    #expect(
      message(Array(document.prefix(document.count - 30))) == """
        plan.jsonl:15: the plan is cut off here: its trailer is missing. Make the plan again with \
        `muster plan`, or take it from where it was reviewed.
        """)
    #expect(
      message([]) == "plan.jsonl: the file is empty. Give a plan that `muster plan` wrote.")
  }

  @Test func `an edited plan, a newer one and no plan each have their message`() throws {
    let text = String(decoding: try small(), as: UTF8.self)
    #expect(
      message(Array(text.replacing("srv-003", with: "srv-999").utf8))?.contains(
        "the plan was edited after it was made") == true)
    #expect(
      message(Array(text.replacing("muster-plan/1", with: "muster-plan/2").utf8)) == """
        plan.jsonl:1: the plan was made by a newer Muster (muster-plan/2). Use that version, or \
        make the plan again with this one.
        """)
    #expect(
      message(Array("name,site\n".utf8)) == """
        plan.jsonl:1: this is not a plan: it does not begin with {"format":"muster-plan/1". Give \
        a plan that `muster plan` wrote.
        """)
  }

  /// Who edits a plan and mends its digest is still told where it contradicts itself.
  @Test func `a contradiction is noticed even under a digest that fits`() throws {
    let text = String(decoding: try small(), as: UTF8.self)
    func edited(_ old: String, _ new: String) throws -> String? {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      return message(try PlanDocument.sealed(Array(changed.utf8)))
    }
    let resealed = try PlanDocument.sealed(Array(text.utf8))
    #expect(message(resealed) == nil)
    #expect(try edited(#""wave":2,"act"#, #""wave":9,"act"#)?.contains("lacks") == true)
    #expect(try edited(#""hosts":7,"peak"#, #""hosts":8,"peak"#)?.contains("says it has 8") == true)
    #expect(try edited(#""weight":5"#, #""wait":5"#)?.contains("a host has no `wait`") == true)
    #expect(try edited(#""draft":false,"#, #""draft":false,"x":1,"#)?.contains("header") == true)
    #expect(
      try edited(#""verdict":"oem""#, #""verdict":"odd""#)?.contains(
        "`odd` is not a verdict") == true)
    #expect(
      try edited("\n{\"leftOut\"", "\n{\"wave\"")?.contains("plan.jsonl:14") == true)
  }
}
