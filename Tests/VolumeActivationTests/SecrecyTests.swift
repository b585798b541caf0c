import Testing
import VolumeActivation

struct `A product key` {
  static let text = "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B"

  @Test func `shows its last five characters and nothing else`() throws {
    let key = try ProductKey(Self.text)
    var dumped = ""
    dump(key, to: &dumped)
    var dumpedDeep = ""
    dump(["key": [Optional(key)]], to: &dumpedDeep)
    let mirror = Mirror(reflecting: key).children.map { "\($0.label ?? "") \($0.value)" }.joined()
    let nested = Mirror(reflecting: key).children
      .flatMap { Mirror(reflecting: $0.value).children.map { "\($0.value)" } }.joined()
    for shown in [
      "\(key)", String(reflecting: key), String(describing: key), "\([key])",
      "\(Optional(key) as Any)",
      dumped, dumpedDeep, mirror, nested,
    ] {
      for group in ["BBBBB", "CCCCC", "DDDDD", "FFFFF"] {
        #expect(!shown.contains(group), "\(shown)")
      }
    }
    #expect("\(key)" == "…B7B7B")
    #expect(key.reveal { $0 } == Self.text)
  }

  @Test func `is read in either case`() throws {
    #expect(try ProductKey(Self.text.lowercased()).reveal { $0 } == Self.text)
  }

  @Test(arguments: [
    ("", ProductKeyError.groups(1)),
    ("BBBBB-CCCCC-DDDDD-FFFFF", .groups(4)),
    ("BBBBB-CCCCC-DDDDD-FFFFF-B7B7B-", .groups(6)),
    ("BBBBB-CCCC-DDDDD-FFFFF-B7B7B", .length(group: 2)),
    ("BBBBB-CCCCC-DDADD-FFFFF-B7B7B", .character(group: 3)),
    ("BBBBB-CCCCC-DDDDD-FFFFF-B1B7B", .character(group: 5)),
    ("BBBBB-CCCCC-DDDDD-FFFFF-B7B7é", .character(group: 5)),
  ])
  func `that is wrong is refused by the number of the group, never by its text`(
    text: String, expected: ProductKeyError
  ) {
    let error = #expect(throws: ProductKeyError.self) { try ProductKey(text) }
    #expect(error == expected || error == .length(group: 5))
    #expect(error.map { !"\($0)".contains("BBBBB") } == true)
  }

  @Test func `cannot be compared, encoded or hashed`() throws {
    let key: Any = try ProductKey(Self.text)
    #expect(!(key is any Encodable))
    #expect(!(key is any Hashable))
    #expect(!(key is any Equatable))
    let secret: Any = Secret("text")
    #expect(!(secret is any Encodable))
    #expect(!(secret is any Equatable))
    #expect("\(secret)" == "‹secret›")
  }

  @Test func `of the published table shows no more`() {
    for record in ClientSetupKeys.published.records {
      var dumped = ""
      dump(record, to: &dumped)
      let whole = record.key.reveal { $0 }
      #expect(!dumped.contains(whole) && !dumped.contains(whole.prefix(23)))
      #expect(!"\(record)".contains(whole))
      #expect(!String(reflecting: record).contains(whole))
    }
  }
}
