/// Why bytes are no document that is accepted here, or text cannot stand in one.
package enum XMLError: Error, Hashable {
  /// What libexpat says, and the line it says it of, counted from 1.
  case malformed(String, line: Int)
  /// A DOCTYPE: there are no entities and no external parts in SOAP.
  case documentType
  /// SOAP has no processing instructions.
  case processingInstruction
  case notUTF8
  case tooLarge(Limit)
  /// No document can hold this character.
  case unwritable(Unicode.Scalar)

  package enum Limit: Hashable {
    case octets, depth, elements, attributes, names, nameOctets, attributeOctets
  }
}

extension XMLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let reason, let line): "the XML is malformed in line \(line): \(reason)"
    case .documentType: "the XML has a document type, which is refused"
    case .processingInstruction: "the XML has a processing instruction, which is refused"
    case .notUTF8: "the XML is not encoded in UTF-8"
    case .tooLarge(let limit): "the XML is refused: too much of \(limit)"
    case .unwritable(let scalar):
      "XML cannot hold the character U+\(String(scalar.value, radix: 16, uppercase: true))"
    }
  }
}
