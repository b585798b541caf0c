import Planning
import Randomness
import Testing

/// Whatever a file holds, it ends in a plan or in one message that names the file; never in a trap.
struct InventoryMutationTests {
  private static let table = """
    name,site,osCaption,editionId,ntVersion,build,productType,channel,partialProductKey,\
    licenseStatus,graceMinutes,clientMachineId,kmsHost,domain,uuid,installationId,confirmationId,\
    lastSeen,roaming,criticality,group,tags
    ws-1,hq,Microsoft Windows 10 Pro,Professional,10.0.19045,19045.3,1,mak,B7B7B,1,0,\
    10000000-0000-4000-8000-000000000001,,contoso.com,{20000000-0000-4000-8000-000000000001},\
    012345012345012345012345012345012345012345012345012345,\
    012345012345012345012345012345012345012345012345,24/11/2026,no,high,,"laptop, ring-1"
    ws-2,"branch, ""2"" x",Windows 11,Enterprise,10.0,22631,workstation,"OEM_DM channel",,notification,\
    -1,,kms01.contoso.com:1688,,,,,2026-11-24T08:15:00.123+02:00,true,low,pair,
    srv-1,hq,,ServerStandard,10.0,20348,3,VOLUME_KMSCLIENT channel,VMK7H,Licensed,259200,\
    10000000-0000-4000-8000-000000000002,kms01.contoso.com,contoso.com,,,,\
    20261124081500.000000+060,0,critical,,dc

    """

  private static let json = """
    [{"name": "ws-1", "osCaption": "Microsoft Windows 10 Pro", "tags": ["laptop", "ring-1"],
      "lastSeen": "/Date(1795478400000)/", "site": "Z\\u00fcrich \\ud83d\\ude42", "other": {"a": [1]}},
     {"name": "srv-1", "editionId": "ServerStandard", "ntVersion": "6.1", "build": null,
      "roaming": false, "graceMinutes": 43200, "licenseStatus": 1}]
    """

  private static let originals: [[UInt8]] = [
    Array(table.utf8), Array(table.replacing("\n", with: "\r\n").utf8), Array(json.utf8),
    InventoryFile.utf16(table, bigEndian: false).bytes, InventoryFile.marked(json).bytes,
  ]

  @Test(arguments: originals.indices)
  func `the originals are read`(original: Int) async throws {
    let inventory = try await InventoryFile(Self.originals[original]).read()
    #expect(inventory.hosts.count >= 2)
  }

  @Test(arguments: UInt64(0)..<100)
  func `a damaged inventory is planned or refused, and both the same in any number of parts`(
    seed: UInt64
  ) async throws {
    var random = SplitMix64(seed: seed)
    let terms = try terms(count: 30)
    for original in Self.originals {
      for _ in 0..<12 {
        let file = InventoryFile(Mutation(of: original).next(&random, most: 8))
        let complaint = await file.complaint()
        if let complaint {
          let lines = complaint.split(separator: "\n")
          #expect(
            lines.allSatisfy {
              $0.hasPrefix("fleet.csv") && $0.hasSuffix(".") || $0.hasPrefix("… and ")
            }, "\(complaint)")
        } else {
          let proposal = Proposal(try await file.read(), terms)
          let plan = try PlanDocument.read(try proposal.document(), file: "plan.jsonl")
          #expect(plan.hosts.count + plan.leftOut.count > 0)
        }
      }
    }
  }
}
