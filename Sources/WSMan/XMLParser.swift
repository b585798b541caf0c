import CExpat

/// One libexpat parser, which reads one document.
@safe struct XMLParser: ~Copyable {
  private let pointer: XML_Parser

  init() {
    guard
      let pointer = unsafe XML_ParserCreateNS("UTF-8", XML_Char(XMLTreeBuilder.separator))
    else { preconditionFailure("out of memory") }
    unsafe self.pointer = pointer
    _ = unsafe XML_SetHashSalt(pointer, Self.salt)
  }

  /// Nobody outside can guess it, and one for all parsers saves asking the kernel each time.
  private static let salt = UInt.random(in: 1...UInt.max)

  deinit { unsafe XML_ParserFree(pointer) }

  borrowing func parse(_ bytes: [UInt8], into builder: inout XMLTreeBuilder) throws(XMLError) {
    let status = unsafe withUnsafeMutablePointer(to: &builder) { context in
      unsafe XML_SetUserData(pointer, context)
      setHandlers()
      return unsafe bytes.withUnsafeBytes { buffer in
        unsafe expat_shim_parse(
          pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(buffer.count))
      }
    }
    if let refusal = builder.refusal { throw refusal }
    guard status == XML_STATUS_OK else {
      throw .malformed(
        unsafe XML_ErrorString(XML_GetErrorCode(pointer)).map { unsafe String(cString: $0) }
          ?? "unknown error",
        line: Int(unsafe XML_GetCurrentLineNumber(pointer)))
    }
  }

  /// What is refused stops the parser at once.
  private borrowing func setHandlers() {
    unsafe XML_UseParserAsHandlerArg(pointer)
    unsafe XML_SetElementHandler(
      pointer,
      { context, name, attributes in
        guard let name = unsafe name, let attributes = unsafe attributes else { return }
        unsafe XMLParser.report(context) { unsafe $0.start(name, attributes) }
      },
      { context, _ in unsafe XMLParser.report(context) { $0.end() } })
    unsafe XML_SetCharacterDataHandler(pointer) { context, characters, count in
      guard let characters = unsafe characters else { return }
      let bytes = unsafe UnsafeBufferPointer(
        start: UnsafeRawPointer(characters).assumingMemoryBound(to: UInt8.self),
        count: Int(count))
      unsafe XMLParser.report(context) { unsafe $0.characters(bytes) }
    }
    unsafe XML_SetStartDoctypeDeclHandler(pointer) { context, _, _, _, _ in
      unsafe XMLParser.report(context) { $0.refuse(.documentType) }
    }
    unsafe XML_SetProcessingInstructionHandler(pointer) { context, _, _ in
      unsafe XMLParser.report(context) { $0.refuse(.processingInstruction) }
    }
  }

  private static func report(
    _ context: UnsafeMutableRawPointer?, _ body: (inout XMLTreeBuilder) -> Void
  ) {
    // The parser is its handlers' argument, and its user data is the builder.
    let parser = OpaquePointer(context)
    guard let data = unsafe expat_shim_user_data(parser) else { return }
    let builder = unsafe data.assumingMemoryBound(to: XMLTreeBuilder.self)
    guard unsafe builder.pointee.refusal == nil else { return }
    unsafe body(&builder.pointee)
    if unsafe builder.pointee.refusal != nil {
      unsafe expat_shim_stop(parser)
    }
  }
}
