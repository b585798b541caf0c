/// Where an enumeration goes on: text of the host, returned to it unchanged.
package struct EnumerationContext: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }
}
