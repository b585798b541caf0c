import Testing
import VolumeActivation

struct `Activation errors` {
  @Test func `all listed codes are in`() {
    #expect(ActivationError.all.count == 134)
    #expect(Set(ActivationError.all.map(\.code)).count == 134)
    let classes = Dictionary(grouping: ActivationError.all, by: \.kind).mapValues(\.count)
    #expect(
      classes == [
        .other: 55, .service: 19, .badKey: 18, .skuMismatch: 15, .dns: 7, .kmsUnreachable: 5,
        .accessDenied: 4, .makBlocked: 4, .makExhausted: 3, .clockSkew: 2, .rpcTransport: 1,
        .kmsCountLow: 1,
      ])
    #expect(ActivationError.all.count { $0.isTransient } == 19)
    #expect(ActivationError.all.count { $0.note != nil } == 9)
  }

  @Test(arguments: ActivationError.all)
  func `a code is the same in hexadecimal and in signed decimal`(error: ActivationError) {
    let signed = Int32(bitPattern: error.code.rawValue)
    #expect(HRESULT("\(error.code)") == error.code)
    #expect(HRESULT("\(signed)") == error.code)
    #expect(ActivationError(error.code) == error)
  }

  @Test(arguments: ActivationError.all)
  func `a text names the code and ends in the next step`(error: ActivationError) {
    #expect(error.description.contains("\(error.code)"))
    #expect(error.description.hasSuffix("\(error.remedy)."))
    for text in [error.message, error.cause, error.remedy] {
      #expect(!text.isEmpty && text.last != "." && !text.contains("  "))
      #expect(!text.hasPrefix("As 0x") && !text.hasPrefix("As above"))
    }
  }

  @Test func `a well-known code says what it means`() {
    let error = ActivationError(.noKMSHost)
    #expect(error.message == "No KMS could be contacted")
    #expect(error.kind == .kmsUnreachable)
    #expect(error.isTransient)
    #expect(error.appliesTo == ["KMS client"])
    #expect(error.note?.contains("12288") == true)
    #expect(
      error.description
        == """
        No KMS could be contacted (0xC004F074). All tried hosts returned errors. Read every event \
        12288 of the attempt (Application log) and treat each inner code.
        """)
  }

  @Test func `a code that is not listed holds the host, and proves nothing`() {
    let error = ActivationError(0xC0DE_C0DE)
    #expect(!error.isListed)
    #expect(error.kind == .other)
    #expect(!error.isTransient)
    #expect(!error.provesNotActivated)
    for operation in [Operation.keyInstall, .kmsSettings, .kmsRequest, .confirmationDeposit] {
      #expect(error.turn(during: operation) == .holdHost)
    }
    #expect(error.turn(during: .makActivation) == .look)
  }
}
