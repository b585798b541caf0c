import Randomness
import Testing
import VolumeActivation
import WSMan

/// Every form in which a value arrives.
struct CIMValueTests {
  private static func property(_ text: String) throws -> CIMInstance {
    try Wire.instance("<k:X>\(text)</k:X>")
  }

  @Test func `nil, absent and empty are three different things`() throws {
    let instance = try Wire.instance(
      "<k:A xsi:nil=\"true\"/><k:B xsi:nil=\"1\"/><k:C></k:C><k:D xsi:nil=\"false\">x</k:D>")
    guard case .null = instance.property("A"), case .null = instance.property("B"),
      case nil = instance.property("E")
    else {
      Issue.record("null and absent are mixed up")
      return
    }
    #expect(try instance.string("A") == nil)
    #expect(try instance.string("C") == "")
    #expect(try instance.string("D") == "x")
    #expect(try instance.string("E") == nil)
  }

  @Test(arguments: [
    ("true", true), ("TRUE", true), ("True", true), ("1", true), (" true\n", true),
    ("false", false), ("FALSE", false), ("0", false),
  ])
  func `booleans are read whatever their case`(text: String, value: Bool) throws {
    #expect(try Self.property(text).boolean("X") == value)
  }

  @Test(arguments: ["", "yes", "2", "tru"])
  func `what is no boolean is refused`(text: String) throws {
    let instance = try Self.property(text)
    #expect(throws: CIMValueError.self) { try instance.boolean("X") }
  }

  @Test(
    arguments: [
      ("0", 0), ("3221549071", 0xC004_F00F), ("-1073418225", 0xC004_F00F), ("-1", 0xFFFF_FFFF),
      ("4294967295", 0xFFFF_FFFF), ("+7", 7), ("-2147483648", 0x8000_0000),
    ] as [(String, UInt32)])
  func `numbers of the other sign are taken by their bits`(text: String, value: UInt32) throws {
    #expect(try Self.property(text).integer("X") == value)
    #expect(try Self.property(text).hresult("X") == HRESULT(rawValue: value))
    #expect(try Self.property(text).integer("X") == Int32(bitPattern: value))
  }

  @Test(arguments: [
    "", "x", "1.5", "4294967296", "-2147483649", "1 2", "0x10", "99999999999999999999999",
  ])
  func `what is no number of its type is refused`(text: String) throws {
    let instance = try Self.property(text)
    #expect(throws: CIMValueError.self) { try instance.integer("X", as: UInt32.self) }
  }

  @Test func `numbers of all widths are read`() throws {
    #expect(try Self.property("18446744073709551615").integer("X") == UInt64.max)
    #expect(try Self.property("18446744073709551615").integer("X") == Int64(-1))
    #expect(try Self.property("-1").integer("X") == UInt64.max)
    #expect(try Self.property("255").integer("X") == Int8(-1))
    let instance = try Self.property("256")
    #expect(throws: CIMValueError.self) { try instance.integer("X", as: UInt8.self) }
    #expect(throws: CIMValueError.self) { try instance.integer("X", as: Int8.self) }
  }

  @Test func `arrays are repeated elements in their order`() throws {
    let instance = try Wire.instance("<k:X>a</k:X><k:Y>z</k:Y><k:X>b</k:X><k:X/>")
    #expect(instance.strings("X") == ["a", "b", ""])
    #expect(instance.strings("Y") == ["z"])
    #expect(instance.strings("Z") == [])
    #expect(throws: CIMValueError.self) { try instance.string("X") }
  }

  private static let leapDay: Int64 = 1_709_279_998_123_456

  @Test(arguments: [
    "<cim:Datetime>2024-02-29T23:59:58.123456-08:00</cim:Datetime>",
    "<Datetime>2024-02-29T23:59:58.123456-08:00</Datetime>",
    "2024-02-29T23:59:58.123456-08:00", "2024-03-01T07:59:58.123456Z",
    "<cim:CIM_DateTime>20240229235958.123456-480</cim:CIM_DateTime>",
    "20240229235958.123456-480", "20240301085958.123456+060",
  ])
  func `a date is read in its three forms`(text: String) throws {
    let date = try Self.property(text).dateTime("X")
    #expect(date?.microsecondsSince1970 == Self.leapDay)
  }

  @Test func `an instant is shown as clocks anywhere show it`() {
    let instant = Self.leapDay
    #expect(
      CIMDateTime(microsecondsSince1970: instant, offset: -480).description
        == "2024-02-29T23:59:58.123456-08:00")
    #expect(
      CIMDateTime(microsecondsSince1970: instant).description
        == "2024-03-01T07:59:58.123456+00:00")
  }

  @Test func `every instant is read back as it was shown`() {
    var random = SplitMix64(seed: 1)
    let first = Int64(-62_135_596_800_000_000)
    for _ in 0..<2000 {
      let instant = Int64.random(
        in: (first + 86_400_000_000)...253_402_000_000_000_000, using: &random)
      let offset = Int.random(in: -720...720, using: &random)
      let date = CIMDateTime(microsecondsSince1970: instant, offset: offset)
      #expect(CIMDateTime(date.description.utf8)?.microsecondsSince1970 == instant)
      #expect(CIMDateTime(date.cimDescription.utf8) == date)
    }
  }

  @Test func `asterisks stand for what is not known`() throws {
    let date = try #require(
      try Self.property("20240229******.******+***").dateTime("X"))
    #expect([date.year, date.month, date.day] == [2024, 2, 29])
    #expect(
      [date.hour, date.minute, date.second, date.microsecond, date.offset] == [
        nil, nil, nil, nil, nil,
      ])
    #expect(date.microsecondsSince1970 == nil)
    #expect(date.description == "20240229******.******+***")
  }

  @Test(arguments: [
    "", "x", "2024-02-29T23:59", "2024-13-01T00:00:00Z", "20240229235958.123456-48",
    "20240229235958.123456-4800", "2024-02-29T25:00:00Z", "2024-02-29T00:00:00Zx",
    "2*240229235958.123456-480", "00000180010203.000004:000", "2024-02-30x",
  ])
  func `what is no date is refused`(text: String) throws {
    let instance = try Self.property(text)
    #expect(throws: CIMValueError.self) { try instance.dateTime("X") }
  }

  @Test(arguments: [
    "<cim:Interval>P180DT1H2M3.000004S</cim:Interval>", "P180DT1H2M3.000004S",
    "00000180010203.000004:000",
    "<cim:CIM_DateTime>00000180010203.000004:000</cim:CIM_DateTime>",
  ])
  func `an interval is read in its three forms`(text: String) throws {
    #expect(
      try Self.property(text).interval("X")
        == CIMInterval(microseconds: 15_555_723_000_004))
  }

  @Test(arguments: [
    ("PT60S", 60), ("PT1M30S", 90), ("P1D", 86400), ("PT0S", 0), ("PT60.000S", 60), ("PT2H", 7200),
  ])
  func `durations of clients are read`(text: String, seconds: Int64) {
    #expect(CIMInterval(text.utf8) == .seconds(seconds))
  }

  @Test(arguments: [
    "", "P", "PT", "P1", "P1Y", "P1M", "PT1D", "P1S", "PT1S1M", "PT1.5M", "60", "-PT60S", "PTS",
    "PT9999999999S", "P999999999D", "P106751991DT999999999H", "2024-01-01T00:00:00Z",
  ])
  func `what is no duration is refused`(text: String) {
    #expect(CIMInterval(text.utf8) == nil)
  }

  @Test(arguments: UInt64(0)..<200)
  func `dates and intervals come back as they were written`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let interval = CIMInterval(
      microseconds: Int64.random(in: 0...86_400_000_000_000, using: &random))
    #expect(CIMInterval(interval.description.utf8) == interval)
    let text =
      "\(Int.random(in: 1970...2099, using: &random))0\(Int.random(in: 1...9, using: &random))"
      + "1\(Int.random(in: 0...9, using: &random))1\(Int.random(in: 0...9, using: &random))"
      + "3059.\(Int.random(in: 100_000...999_999, using: &random))"
      + "\(Bool.random(using: &random) ? "+" : "-")\(Int.random(in: 100...720, using: &random))"
    let date = CIMDateTime(text.utf8)
    #expect(date?.cimDescription == text)
    #expect(date.flatMap { CIMDateTime($0.description.utf8) } == date)
  }
}
