/// Instances that came with one reply, and where the next ones are.
package struct EnumerationPage: Sendable {
  package var instances: [CIMInstance]
  /// What the next Pull must send; nil when the enumeration is over.
  package var next: EnumerationContext?
}

extension EnumerationPage {
  /// Nil when the reply says neither that there is more nor that there is not.
  init?(_ response: XMLElement) {
    instances = []
    var isOver = false
    var context: EnumerationContext?
    for part in response.children {
      if Self.isEither(part, "Items") {
        for item in part.children { instances.append(CIMInstance(item)) }
      } else if Self.isEither(part, "EndOfSequence") {
        isOver = true
      } else if part.isNamed(XMLName(.enumeration, "EnumerationContext")) {
        context = EnumerationContext(part.text)
      }
    }
    guard isOver || context != nil else { return nil }
    // Some hosts send a context beside the end, and some an empty one in its place.
    next = isOver ? nil : context.flatMap { $0.text.isEmpty ? nil : $0 }
  }

  /// The first reply has these names in one namespace, a later one in the other.
  private static func isEither(_ element: XMLElement, _ local: StaticString) -> Bool {
    element.isNamed(XMLName(.management, local)) || element.isNamed(XMLName(.enumeration, local))
  }
}
