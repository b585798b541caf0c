import Foundation
import Testing

/// That the search can find something is what makes finding nothing worth something.
@Suite struct SecretSearchTests {
  private static let secret = "Quite-Unmistakable 1!"

  @Test(arguments: [
    "\(secret)", "secret=Quite%2DUnmistakable%201%21&x",
    Data("a:\(secret)".utf8).base64EncodedString(),
    Data("bb:\(secret)x".utf8).base64EncodedString(),
    Data("bob:\(secret)xy".utf8).base64EncodedString(),
    Data("key \(secret)".utf8).map { String(format: "%02X", $0) }.joined(),
  ])
  func `a secret is found in each form`(text: String) {
    #expect(SecretSearch(for: [Self.secret]).finds(in: "before \(text) behind"))
  }

  @Test func `a secret is found as Windows' UTF-16, plain and encoded`() throws {
    let octets = try #require("a \(Self.secret) z".data(using: .utf16LittleEndian))
    let search = SecretSearch(for: [Self.secret])
    #expect(search.finds(in: octets))
    #expect(search.finds(in: octets.base64EncodedString()))
  }

  @Test func `what is not there is not found`() {
    #expect(!SecretSearch(for: [Self.secret]).finds(in: "Quite-Unmistakable 2! UXVpdGUt"))
  }
}
