import Crypto
import Testing
import VolumeActivation

/// The compiled tables say what the reference tables said when they were compared, value by value.
///
/// A digest that no longer fits means that a table was changed: compare it with its sources anew,
/// and then write down the new one.
struct `The compiled tables` {
  private func digest(_ lines: [String]) -> String {
    SHA256.hash(data: Array(lines.joined(separator: "\n").utf8))
      .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test func `hold the published keys as they were compared`() {
    let lines = ClientSetupKeys.published.records.map { record in
      let fields: [String] = [
        record.product, record.editionName, "\(record.kind)", record.key.reveal { $0 },
        "\(record.version)", record.builds.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "any",
        record.edition.rawValue, "\(record.operatingSystemSKUs)",
        record.hostKeys.map(\.rawValue).joined(separator: ","), "\(record.flags.rawValue)",
        record.note ?? "", record.readIn,
      ]
      return fields.joined(separator: "|")
    }
    #expect(lines.count == 107)
    #expect(digest(lines) == "705b169807710866043c206bd22e855bfda3ea57e51db4e06cffc3df4d171b5e")
  }

  @Test func `hold the result codes as they were compared`() {
    let lines = ActivationError.all.map { error in
      let fields: [String] = [
        "\(error.code)", error.message, error.cause, error.remedy, error.kind.rawValue,
        "\(error.isTransient)", error.appliesTo.joined(separator: ","), error.note ?? "",
        error.sources.joined(separator: ","),
      ]
      return fields.joined(separator: "|")
    }
    #expect(lines.count == 134)
    #expect(digest(lines) == "405057abc3c98e37cf3b7bfbb6dcbc04f31365b7897ffb7a170bfea346c650db")
  }
}
