import Randomness
import Testing
import WSMan

/// Whatever arrives, it is a value or an error, never a trap; and no key gets into an error.
struct MutationTests {
  private static let originals: [[UInt8]] = [
    Wire.reply(
      """
      <en:EnumerateResponse><en:EnumerationContext>c</en:EnumerationContext><wm:Items>\
      <wm:XmlFragment><ID>55c92734</ID><LicenseStatus>1</LicenseStatus><Flag>true</Flag>\
      <Reason>3221549071</Reason><Empty xsi:nil="true"/><Evaluation><cim:Datetime>\
      2024-02-29T23:59:58.123456-08:00</cim:Datetime></Evaluation></wm:XmlFragment></wm:Items>\
      </en:EnumerateResponse>
      """),
    Wire.reply(
      """
      <k:Activate_OUTPUT xmlns:k="\(Wire.product)"><k:ReturnValue>0</k:ReturnValue>\
      </k:Activate_OUTPUT>
      """),
    Wire.fault(
      reason: "bad key BBBBB-CCCCC-DDDDD-FFFFF-B7B7B",
      detail: """
        <flt:WSManFault Code="2150858752" Machine="pc17"><flt:Message><flt:ProviderFault>\
        <flt:WSManFault Code="3221549112"><flt:Message>HRESULT 0xc004f038</flt:Message>\
        </flt:WSManFault><flt:ExtendedError><x:__ExtendedStatus xmlns:x="y"><x:StatusCode \
        xsi:nil="true"/></x:__ExtendedStatus></flt:ExtendedError></flt:ProviderFault>\
        </flt:Message></flt:WSManFault><k:MSFT_WmiError xmlns:k="z"><k:error_Code>5</k:error_Code>\
        <k:error_Type>HRESULT</k:error_Type></k:MSFT_WmiError>
        """),
  ]

  private static let requests: [WSMan.Operation] = [
    .query(WQLQuery(["ID"], from: "B", where: [.isPresent("A"), .equal("C", .string("x"))])),
    .pull(.licensingQueries, EnumerationContext("c"), maximum: 5),
    .invoke(
      "InstallProductKey", of: InstancePath(.licensing("S"), [Selector("Version", "10.0")]),
      ["ProductKey": "made up"]),
  ]

  /// Reads a reply in every way there is.
  private static func read(_ bytes: [UInt8]) throws -> ReplyEnvelope {
    let reply = try ReplyEnvelope(parsing: bytes, answering: Wire.message)
    _ = try? reply.result()
    _ = try? reply.released()
    _ = try? reply.identity()
    let page = try? reply.page()
    for instance in (page?.instances ?? []) + [try? reply.instance()].compactMap({ $0 }) {
      for name in ["ID", "LicenseStatus", "Flag", "Reason", "Empty", "Evaluation"] as [CIMName] {
        _ = try? instance.string(name)
        _ = try? instance.boolean(name)
        _ = try? instance.integer(name, as: UInt32.self)
        _ = try? instance.dateTime(name)?.microsecondsSince1970
        _ = try? instance.interval(name)
        _ = instance.strings(name)
      }
    }
    return reply
  }

  @Test(arguments: originals.indices)
  func `a reply that was cut off anywhere is an error`(original: Int) {
    let bytes = Self.originals[original]
    for end in bytes.indices {
      #expect(throws: ReplyError.self) { try Self.read(Array(bytes[..<end])) }
    }
  }

  @Test(arguments: UInt64(0)..<100)
  func `a mutated reply is a value or an error without the key`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let original = Self.originals[Int.random(in: 0..<Self.originals.count, using: &random)]
      let mutant = Mutation(ofXML: original).next(&random)
      do { _ = try Self.read(mutant) } catch {
        // A key that the accident tore apart is none that anybody could mask or use.
        let isWhole = String(decoding: mutant, as: UTF8.self)
          .contains("BBBBB-CCCCC-DDDDD-FFFFF-B7B7B")
        #expect(!isWhole || !"\(error)".contains("CCCCC-DDDDD-FFFFF"), "seed \(seed)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<100)
  func `a mutated request is a request or a refusal that can be answered`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<30 {
      let operation = try #require(Self.requests.randomElement(using: &random))
      let request = Request(operation, endpoint: "http://pc17/wsman", message: Wire.message)
      let mutant = Mutation(ofXML: try request.envelope()).next(&random)
      do { _ = try Incoming(parsing: mutant) } catch {
        let answer = try Answer(error).envelope()
        #expect(throws: ReplyError.self) {
          try ReplyEnvelope(parsing: answer, answering: error.message)
        }
      }
    }
  }
}
