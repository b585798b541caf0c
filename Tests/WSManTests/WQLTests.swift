import Testing
import WSMan

struct WQLTests {
  private static let query = WQLQuery(
    ["ID", "Name"], from: "SoftwareLicensingProduct",
    where: [
      .equal("ApplicationID", .string("55c92734-d682-4d71-983e-d6ec3f16059f")),
      .isPresent("PartialProductKey"), .equal("LicenseIsAddon", .boolean(false)),
      .notEqual("LicenseStatus", .number(-1)),
    ])

  @Test func `a query is written as Microsoft's scripts write it`() {
    #expect(
      Self.query.description == """
        SELECT ID, Name FROM SoftwareLicensingProduct WHERE ApplicationID = \
        '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey <> null AND LicenseIsAddon \
        = FALSE AND LicenseStatus <> -1
        """)
  }

  @Test func `a query is read as it was written`() throws {
    #expect(try WQLQuery(parsing: Self.query.description) == Self.query)
  }

  @Test(arguments: ["a'b", "a\\b", "\\'", "", "'; --", "\"", "ä🙂", "a\r\nb"])
  func `any text survives as a string`(text: String) throws {
    let query = WQLQuery(["A"], from: "B", where: [.equal("C", .string(text))])
    #expect(try WQLQuery(parsing: query.description) == query)
  }

  @Test func `what others write is read`() throws {
    let query = try WQLQuery(
      parsing: "select * from Win32_X where A is not null and B=\"c\" and D!=TRUE and E IS NULL")
    #expect(query.columns == .all)
    #expect(
      query.conditions == [
        .isPresent("A"), .equal("B", .string("c")), .notEqual("D", .boolean(true)),
        .equal("E", .null),
      ])
  }

  @Test(arguments: [
    "", "SELECT", "SELECT FROM B", "SELECT A, FROM B", "SELECT A FROM", "SELECT A B FROM C",
    "SELECT A FROM B WHERE", "SELECT A FROM B WHERE C", "SELECT A FROM B WHERE C = ",
    "SELECT A FROM B WHERE C = 'x", "SELECT A FROM B WHERE C = 1 OR D = 2", "SELECT A FROM B;",
    "SELECT A FROM B WHERE C LIKE 'x'", "SELECT A FROM B WHERE C = 'x\\", "DELETE FROM B",
    "SELECT A FROM B WHERE C = 99999999999999999999", "SELECT ä FROM B", "SELECT A FROM B C",
  ])
  func `what is no query is refused`(text: String) {
    #expect(throws: WQLError.self) { try WQLQuery(parsing: text) }
  }

  @Test func `the length of a query has a bound`() {
    let text = "SELECT A FROM B WHERE C = '\(String(repeating: "x", count: 9000))'"
    #expect(throws: WQLError.tooLong) { try WQLQuery(parsing: text) }
  }

  private static let object: CIMObject = [
    "ID": "1", "Name": "n", "ApplicationID": "55C92734-D682-4D71-983E-D6EC3F16059F",
    "PartialProductKey": "B7B7B", "LicenseIsAddon": false, "LicenseStatus": 1,
  ]

  @Test func `a row has the named columns in their order`() throws {
    #expect(try Self.query.row(of: Self.object) == ["ID": "1", "Name": "n"])
  }

  @Test func `an object that misses a condition is no row`() throws {
    for (name, value) in [
      ("PartialProductKey", nil), ("LicenseIsAddon", true), ("LicenseStatus", .signed(-1)),
      ("ApplicationID", "x"), ("LicenseIsAddon", nil), ("LicenseStatus", nil),
    ] as [(CIMName, CIMValue)] {
      var object = Self.object
      object.properties.removeAll { $0.name == name }
      object.properties.append(CIMObject.Property(name, value))
      #expect(try Self.query.row(of: object) == nil, "\(name) is \(value)")
    }
  }

  @Test func `a column that the class lacks fails the query`() {
    let query = WQLQuery(["Absent"], from: "B")
    #expect(throws: WQLError.unknownColumn("Absent")) { try query.row(of: Self.object) }
  }
}
