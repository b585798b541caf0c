import Testing
import WSMan

/// Replies as Windows and OMI write them.
struct ReplyTests {
  @Test func `the instance of a Get is read`() throws {
    let instance = try Wire.instance("<k:Version>10.0.22621.1</k:Version><k:Other>x</k:Other>")
    #expect(try instance.string("Version") == "10.0.22621.1")
  }

  @Test(arguments: [
    ("wm", "wm"), ("en", "en"), ("wm", "en"), ("en", "wm"),
  ])
  func `items and the end are read in either namespace`(items: String, end: String) throws {
    for response in ["EnumerateResponse", "PullResponse"] {
      let page = try Wire.read(
        """
        <en:\(response)><en:EnumerationContext/><\(items):Items><wm:XmlFragment><ID>1</ID>\
        </wm:XmlFragment><k:SoftwareLicensingProduct xmlns:k="\(Wire.product)"><k:ID>2</k:ID>\
        </k:SoftwareLicensingProduct></\(items):Items><\(end):EndOfSequence/></en:\(response)>
        """
      ).page()
      #expect(try page.instances.map { try $0.string("ID") } == ["1", "2"])
      #expect(page.next == nil)
    }
  }

  @Test func `a context is kept as it is`() throws {
    let page = try Wire.read(
      """
      <en:EnumerateResponse><en:EnumerationContext> uuid:c &amp; d </en:EnumerationContext>\
      </en:EnumerateResponse>
      """
    ).page()
    #expect(page.instances.isEmpty)
    #expect(page.next == EnumerationContext(" uuid:c & d "))
  }

  @Test func `a context beside the end is over`() throws {
    let page = try Wire.read(
      """
      <en:PullResponse><en:EnumerationContext>c</en:EnumerationContext><en:Items/>\
      <en:EndOfSequence/></en:PullResponse>
      """
    ).page()
    #expect(page.next == nil)
  }

  @Test func `rows without context or end are not taken as all`() throws {
    let reply = try Wire.read(
      "<en:PullResponse><en:Items><wm:XmlFragment/></en:Items></en:PullResponse>")
    #expect(throws: ReplyError.unexpected(.ending)) { try reply.page() }
  }

  @Test(arguments: ["Activate_OUTPUT", "Activate", "AnythingElse"])
  func `the output of a method may be named in several ways`(name: String) throws {
    let result = try Wire.read(
      """
      <k:\(name) xmlns:k="\(Wire.product)"><k:Extra>7</k:Extra><k:ReturnValue>3221549112\
      </k:ReturnValue></k:\(name)>
      """
    ).result()
    #expect(result.returnValue == 0xC004_F038)
    #expect(try result.output.integer("Extra", as: UInt8.self) == 7)
  }

  @Test(arguments: ["", "<k:Extra>7</k:Extra>", "<k:ReturnValue xsi:nil=\"true\"/>"])
  func `a method without ReturnValue did not say how it went`(output: String) throws {
    let reply = try Wire.read("<k:Activate_OUTPUT xmlns:k=\"x\">\(output)</k:Activate_OUTPUT>")
    #expect(throws: ReplyError.unexpected(.result)) { try reply.result() }
    #expect(throws: ReplyError.unexpected(.result)) { try Wire.read("").result() }
  }

  @Test(arguments: ["uuid:7a0d6e52-0c0b-4f0e-9b57-3b0e5f1d1c01", "uuid:other", ""])
  func `a reply to another request is not used`(related: String) {
    let bytes = Wire.reply("<k:a xmlns:k=\"x\"><k:b/></k:a>", relatesTo: related)
    #expect(throws: ReplyError.unrelated) {
      try ReplyEnvelope(parsing: bytes, answering: Wire.message)
    }
  }

  @Test func `a reply that names no request is not used, unless it is a fault`() throws {
    let plain = Wire.reply("<k:a xmlns:k=\"x\"><k:b/></k:a>", relatesTo: nil)
    #expect(throws: ReplyError.unrelated) {
      try ReplyEnvelope(parsing: plain, answering: Wire.message)
    }
    let fault = Wire.reply(
      "<env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code></env:Fault>",
      relatesTo: nil)
    #expect(try Wire.fault(in: fault).party == .sender)
  }

  @Test func `names count with their namespaces`() {
    let text = String(decoding: Wire.reply("<k:a xmlns:k=\"x\"><k:b/></k:a>"), as: UTF8.self)
    let wrong = Array(text.replacing("2003/05/soap-envelope", with: "2003/06/soap").utf8)
    #expect(throws: ReplyError.unexpected(.envelope)) {
      try ReplyEnvelope(parsing: wrong, answering: Wire.message)
    }
    #expect(throws: ReplyError.unexpected(.page)) {
      try Wire.read("<k:PullResponse xmlns:k=\"x\"><k:EndOfSequence/></k:PullResponse>").page()
    }
  }

  @Test func `two elements in a body are refused`() {
    #expect(throws: ReplyError.unexpected(.body)) { try Wire.read("<a/><b/>") }
  }

  @Test func `Identify names the host`() throws {
    let identity = HostIdentity(
      vendor: "Microsoft Corporation", version: "OS: 6.1.7601 SP: 1.0 Stack: 2.0")
    let bytes = try Answer(.identity(identity), to: nil).envelope()
    #expect(try ReplyEnvelope(parsing: bytes, answering: nil).identity() == identity)
    #expect(try Incoming(parsing: Identify.request) == .identify)
  }
}
