package import VolumeActivation

/// A text that is sent and never shown, such as a product key.
///
/// Requests are compared, so it can be; its hash says nothing.
package struct SecretText: Sendable {
  private let text: Secret<String>

  package init(_ text: Secret<String>) { self.text = text }

  func reveal<Result>(_ body: (String) -> Result) -> Result { text.reveal(body) }
}

extension SecretText: Hashable {
  package static func == (one: SecretText, other: SecretText) -> Bool {
    one.reveal { text in other.reveal { text == $0 } }
  }

  package func hash(into hasher: inout Hasher) {}
}
