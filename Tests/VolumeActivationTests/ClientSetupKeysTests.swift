import Testing
import VolumeActivation

struct `Published client setup keys` {
  let keys = ClientSetupKeys.published

  @Test func `all that Microsoft publishes is in`() {
    #expect(keys.records.count == 107)
    #expect(Set(keys.records.map(\.key.partial)).count == 82)
    #expect(Set(keys.records.map { $0.key.reveal { $0 } }).count == 82)
    #expect(Set(keys.records.map { "\($0.product) \($0.editionName)" }).count == 107)
    #expect(Set(keys.records.map(\.product)).count == 28)
    #expect(keys.records.allSatisfy { !$0.operatingSystemSKUs.isEmpty && !$0.readIn.isEmpty })
  }

  @Test func `Windows 7 Professional gets the key that everybody knows`() throws {
    let record = try keys.choose(
      kind: .client, version: NTVersion(6, 1), build: 7601, edition: "Professional")
    #expect(record.key.reveal { $0 } == "FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4")
    #expect(record.product == "Windows 7")
    #expect(record.editionName == "Professional")
  }

  @Test(arguments: ClientSetupKeys.published.records.indices)
  func `a record is chosen by its own identifiers, and a flagged one never`(index: Int) throws {
    let record = keys.records[index]
    let bounds = record.builds.map {
      [$0.lowerBound, $0.upperBound == Int.max ? 99_999 : $0.upperBound]
    }
    for build in bounds ?? [7601] {
      let chosen = try? keys.choose(
        kind: record.kind, version: record.version, build: build, edition: record.edition)
      if record.isChoosable {
        #expect(chosen?.description == record.description)
      } else {
        #expect(chosen == nil)
      }
    }
  }

  @Test func `no two records answer to the same machine`() {
    for (index, one) in keys.records.enumerated() {
      for other in keys.records[..<index]
      where one.kind == other.kind && one.version == other.version && one.edition == other.edition {
        guard let ours = one.builds, let theirs = other.builds else {
          Issue.record("\(one) and \(other) are told apart by nothing")
          continue
        }
        #expect(!ours.overlaps(theirs), "\(one) and \(other)")
      }
    }
  }

  @Test(arguments: [
    (NTVersion(10, 0), 10240, "Enterprise", "2YT43", "Windows 10"),
    (NTVersion(10, 0), 19045, "Professional", "T83GX", "Windows 10"),
    (NTVersion(10, 0), 18363, "Education", "VCFB2", "Windows 10"),
    (NTVersion(10, 0), 22000, "Professional", "T83GX", "Windows 11"),
    (NTVersion(10, 0), 22631, "Enterprise", "2YT43", "Windows 11"),
    (NTVersion(10, 0), 26200, "ProfessionalWorkstation", "6Q84J", "Windows 11"),
    (NTVersion(10, 0), 10240, "EnterpriseS", "76DF9", "Windows 10 LTSB 2015"),
    (NTVersion(10, 0), 14393, "EnterpriseS", "QJ4BJ", "Windows 10 LTSB 2016"),
    (NTVersion(10, 0), 17763, "EnterpriseS", "J462D", "Windows 10 LTSC 2019"),
    (NTVersion(10, 0), 19044, "EnterpriseS", "J462D", "Windows 10 LTSC 2021"),
    (NTVersion(10, 0), 26100, "EnterpriseS", "J462D", "Windows 11 LTSC 2024"),
    (NTVersion(10, 0), 26100, "EnterpriseSN", "7CG2H", "Windows 11 LTSC 2024"),
    (NTVersion(6, 3), 9600, "Professional", "9D6T9", "Windows 8.1"),
    (NTVersion(6, 2), 9200, "Enterprise", "CWCK7", "Windows 8"),
    (NTVersion(6, 0), 6002, "Business", "2V3X8", "Windows Vista"),
  ])
  func `the build and the NT version tell clients apart`(
    version: NTVersion, build: Int, edition: String, partial: String, product: String
  ) throws {
    let record = try keys.choose(
      kind: .client, version: version, build: build, edition: EditionID(rawValue: edition))
    #expect(record.key.partial.rawValue == partial)
    #expect(record.product == product)
  }

  @Test(arguments: [
    (NTVersion(6, 1), 7601, "ServerStandard", "R7VHC", "Windows Server 2008 R2"),
    (NTVersion(6, 1), 7601, "ServerStandardCore", "R7VHC", "Windows Server 2008 R2"),
    (NTVersion(6, 3), 9600, "ServerDatacenter", "Q3VJ9", "Windows Server 2012 R2"),
    (NTVersion(10, 0), 14393, "ServerStandard", "KHKQY", "Windows Server 2016"),
    (NTVersion(10, 0), 17763, "ServerStandard", "J464C", "Windows Server 2019"),
    (NTVersion(10, 0), 17763, "ServerStandardACor", "724CC", "Windows Server, version 1809"),
    (NTVersion(10, 0), 17134, "ServerDatacenterACor", "7FVDG", "Windows Server, version 1803"),
    (NTVersion(10, 0), 20348, "ServerDatacenter", "6VM33", "Windows Server 2022"),
    (NTVersion(10, 0), 20348, "ServerDatacenterCor", "6VM33", "Windows Server 2022"),
    (NTVersion(10, 0), 26100, "ServerStandard", "MY832", "Windows Server 2025"),
  ])
  func `the build and the NT version tell servers apart`(
    version: NTVersion, build: Int, edition: String, partial: String, product: String
  ) throws {
    let record = try keys.choose(
      kind: .server, version: version, build: build, edition: EditionID(rawValue: edition))
    #expect(record.key.partial.rawValue == partial)
    #expect(record.product == product)
  }

  @Test func `a record is found by its product and edition, and by its last five characters`()
    throws
  {
    let record = try #require(keys.record(product: "Windows 7", edition: "Professional"))
    #expect(record.key.partial == PartialProductKey("GPDD4"))
    #expect(keys.record(product: "Windows 7", edition: "ServerStandard") == nil)

    let shared = keys.records(endingWith: try #require(PartialProductKey("T83GX")))
    #expect(shared.map(\.product) == ["Windows 10", "Windows 11"])
    let madeUp = try #require(PartialProductKey("B7B7B"))
    #expect(keys.records(endingWith: madeUp).isEmpty)
    #expect(!keys.isPublished(madeUp))
  }

  @Test func `a published key given as a MAK is recognised`() throws {
    #expect(keys.isPublished(try ProductKey("fj82h-xt6cr-j8d7p-xqjj2-gpdd4")))
    #expect(!keys.isPublished(try ProductKey("DDDDD-DDDDD-DDDDD-DDDDD-GPDD4")))
  }

  @Test func `an EditionID counts however it is capitalised`() throws {
    let record = try keys.choose(
      kind: .client, version: NTVersion(6, 1), build: nil, edition: "PROFESSIONAL")
    #expect(record.key.partial == PartialProductKey("GPDD4"))
  }
}
