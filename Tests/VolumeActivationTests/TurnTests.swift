import Testing
import VolumeActivation

struct `Whose turn it is after a refusal` {
  /// The codes whose turn is `turn` during `operation`, in the table's order.
  func codes(_ turn: Turn, during operation: Operation) -> [String] {
    ActivationError.all.filter { $0.turn(during: operation) == turn }.map { "\($0.code)" }
  }

  @Test func `a count too low waits for the fleet`() {
    #expect(codes(.waitForCount, during: .kmsRequest) == ["0xC004F038"])
    for operation in Operation.allCases where operation != .kmsRequest {
      #expect(codes(.waitForCount, during: operation).isEmpty)
    }
  }

  @Test func `another activation in progress is not quiet, so it is looked at and never retried`() {
    for operation in Operation.allCases {
      #expect(ActivationError(0xC004_E028).turn(during: operation) == .look)
    }
  }

  @Test func `a KMS request is free, so what may pass is asked again`() {
    #expect(
      codes(.retry, during: .kmsRequest)
        == [
          "0x800706BA", "0x800706BE", "0x8007139F", "0x8007232A", "0x80072EE2", "0x80080005",
          "0xC0020017", "0xC004C050", "0xC004C770", "0xC004E009", "0xC004F001", "0xC004F030",
          "0xC004F039", "0xC004F074", "0xC004F075", "0xC004FC03", "0xC004FD00",
        ].sorted())
  }

  @Test func `what condemns more than the host holds more than the host`() {
    #expect(codes(.holdRun, during: .kmsRequest) == ["0xC004C008", "0xC004F041", "0xC004F06B"])
    #expect(codes(.holdWave, during: .kmsRequest) == ["0xC004F015", "0xC004F042"])
    #expect(
      codes(.holdRun, during: .makActivation) == [
        "0xC004B100", "0xC004C001", "0xC004C003", "0xC004C008", "0xC004C017", "0xC004C020",
        "0xC004C021", "0xC004C060",
      ])
  }

  @Test func `only these codes prove that no activation was spent`() {
    #expect(
      ActivationError.all.filter(\.provesNotActivated).map { "\($0.code)" } == [
        "0x8007232A", "0x8007232B", "0x8007251D", "0x8007267C", "0x80092328", "0xC004B100",
        "0xC004C001", "0xC004C003", "0xC004C008", "0xC004C017", "0xC004C020", "0xC004C021",
        "0xC004C060",
      ])
  }

  @Test(
    arguments: [
      0x8007_2EE2, 0xC004_C050, 0xC004_C770, 0xC004_FC03, 0xC004_F030, 0x8007_06BA, 0x8007_06BE,
      0xC002_0017, 0xC004_F074,
    ] as [HRESULT])
  func `a transient code never repeats a MAK activation on a guess`(code: HRESULT) {
    let error = ActivationError(code)
    #expect(error.isTransient)
    #expect(!error.provesNotActivated)
    #expect(error.turn(during: .makActivation) == .look)
  }

  @Test func `a MAK activation is retried only where nothing left the host`() {
    #expect(codes(.retry, during: .makActivation) == ["0x8007232A"])
  }

  @Test(arguments: [Operation.keyInstall, .kmsSettings, .confirmationDeposit])
  func `a change is retried only where the service was not up`(operation: Operation) {
    #expect(codes(.retry, during: operation) == ["0x80080005", "0xC004E009", "0xC004F075"])
    #expect(codes(.look, during: operation).contains("0x800706BE"))
    #expect(ActivationError(0xC004_F069).turn(during: operation) == .holdHost)
  }

  @Test func `a blocked key condemns every host that would get it`() {
    #expect(ActivationError(.makBlocked).turn(during: .keyInstall) == .holdRun)
    #expect(ActivationError(0xC004_F051).turn(during: .keyInstall) == .holdRun)
  }

  @Test func `a code that only informs is no refusal, and is settled by a look`() {
    for error in ActivationError.all where error.isInformation {
      for operation in Operation.allCases {
        #expect(error.turn(during: operation) == .look)
      }
    }
    #expect(ActivationError.all.count { $0.isInformation } == 8)
    #expect(!ActivationError(0x0000_0005).isInformation)
  }

  @Test func `a host that lost its KMS client key is looked at, not asked again`() {
    for code in [0x803F_7001, 0xC004_F014, 0xC004_F07D] as [HRESULT] {
      #expect(ActivationError(code).turn(during: .kmsRequest) == .look)
    }
  }
}
