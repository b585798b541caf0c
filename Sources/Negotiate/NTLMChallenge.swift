/// What a host says of itself in NTLM's second message, before it has seen a password.
///
/// Source: MS-NLMP 2.2.1.2 and 2.2.2.1.
struct NTLMChallenge {
  /// The names that the machine has, its DNS name last; empty when it does not say.
  let names: [String]

  /// Finds the message in a token, where SPNEGO may be around it; nil when there is none.
  init?(in token: [UInt8]) {
    guard let start = token.firstRange(of: Self.beginning)?.lowerBound else { return nil }
    let message = Array(token[start...])
    guard let length = message.number(at: 40, octets: 2),
      let offset = message.number(at: 44, octets: 4), offset + length <= message.count
    else { return nil }
    names = Self.names(in: Array(message[offset..<offset + length]))
  }

  private static let beginning = Array("NTLMSSP\0\u{2}\0\0\0".utf8)

  /// Whether the machine names itself, and not so.
  func isOther(than host: String) -> Bool {
    !names.isEmpty && !names.contains { $0.lowercased() == host.lowercased() }
  }

  private static func names(in information: [UInt8]) -> [String] {
    var found: [Int: String] = [:]
    var place = 0
    while let id = information.number(at: place, octets: 2), id != 0,
      let length = information.number(at: place + 2, octets: 2)
    {
      let end = place + 4 + length
      guard end <= information.count else { break }
      let units = stride(from: place + 4, to: end - 1, by: 2).map {
        UInt16(information[$0]) | UInt16(information[$0 + 1]) << 8
      }
      found[id] = String(decoding: units, as: UTF16.self)
      place = end
    }
    return [netBIOSName, dnsName].compactMap { found[$0] }
  }

  /// MsvAvNbComputerName and MsvAvDnsComputerName.
  private static let (netBIOSName, dnsName) = (1, 3)
}

extension [UInt8] {
  /// An unsigned number, its lowest octet first; nil beyond the end.
  fileprivate func number(at place: Int, octets: Int) -> Int? {
    guard place + octets <= count else { return nil }
    return self[place..<place + octets].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
