import Negotiate

/// What a hostile host does to its right answer, layer by layer.
struct Spoiling: Sendable {
  /// The XML, before it is sealed.
  var envelope: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  /// The body, when it is sealed.
  var frame: @Sendable (EncryptedMessage) -> [UInt8] = { $0.body }
  /// All that HTTP carries.
  var answer: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  /// Whether the connection ends with it.
  var isLast = false
  /// What follows it without an end.
  var flood: [UInt8]?
}

extension Spoiling {
  static func envelope(_ change: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Spoiling {
    Spoiling(envelope: change)
  }

  /// Replaces a text in the XML.
  static func text(_ old: String, _ new: String) -> Spoiling {
    envelope { Array(String(decoding: $0, as: UTF8.self).replacing(old, with: new).utf8) }
  }

  static func frame(_ change: @escaping @Sendable (EncryptedMessage) -> [UInt8]) -> Spoiling {
    Spoiling(frame: change)
  }

  /// Replaces octets of the frame.
  static func frame(_ old: String, _ new: String) -> Spoiling {
    frame { $0.body.replacing(Array(old.utf8), with: Array(new.utf8)) }
  }

  /// Replaces octets of the answer as HTTP carries it, after which the connection ends.
  static func answer(_ old: String, _ new: String) -> Spoiling {
    Spoiling(
      answer: { $0.replacing(Array(old.utf8), with: Array(new.utf8)) }, isLast: true)
  }

  /// Something else than the answer, after which the connection ends.
  static func instead(_ octets: String) -> Spoiling {
    Spoiling(answer: { _ in Array(octets.utf8) }, isLast: true)
  }

  static func instead(_ octets: String, thenForEver flood: String) -> Spoiling {
    Spoiling(answer: { _ in Array(octets.utf8) }, flood: Array(flood.utf8))
  }
}
