import Foundation

/// Finds a secret in octets, in whatever form it got there.
struct SecretSearch {
  private let forms: [Data]

  init(for secrets: [String]) {
    forms = secrets.flatMap(Self.forms)
  }

  /// Whether one of the secrets stands there.
  func finds(in octets: Data) -> Bool {
    octets.withUnsafeBytes { octets in
      forms.contains { form in form.withUnsafeBytes { octets.holds($0) } }
    }
  }

  func finds(in text: String) -> Bool { finds(in: Data(text.utf8)) }

  /// As text, as Windows' UTF-16, in a URL, and within something that was encoded as Base64 or in
  /// hexadecimal digits.
  private static func forms(of secret: String) -> [Data] {
    let raw = [
      Data(secret.utf8), Data(secret.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
    ]
    let url = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret
    let texts =
      [url, url.lowercased()] + raw.flatMap { octets in (0..<3).map { base64(octets, after: $0) } }
      + raw.flatMap { octets in
        let digits = octets.map { String(format: "%02x", $0) }.joined()
        return [digits, digits.uppercased()]
      }
    return raw + texts.map { Data($0.utf8) }
  }

  /// The characters that stand for these octets alone, behind so many others.
  private static func base64(_ octets: Data, after count: Int) -> String {
    let text = (Data(count: count) + octets).base64EncodedString()
    let whole = (count + octets.count) * 8 / 6
    return String(text.prefix(whole).dropFirst((count * 8 + 5) / 6))
  }
}

extension UnsafeRawBufferPointer {
  /// Whether some octets stand in these, in a row.
  fileprivate func holds(_ wanted: UnsafeRawBufferPointer) -> Bool {
    guard let start = baseAddress, let first = wanted.first, let sought = wanted.baseAddress else {
      return false
    }
    var place = 0
    while count - place >= wanted.count,
      let hit = memchr(start + place, Int32(first), count - place - wanted.count + 1)
    {
      if memcmp(hit, sought, wanted.count) == 0 { return true }
      place = UnsafeRawPointer(hit) - start + 1
    }
    return false
  }
}
