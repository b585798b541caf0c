/// What a host says of itself in NTLM's second message, before it has seen a password.
///
/// Source: MS-NLMP 2.2.1.2 and 2.2.2.1.
struct NTLMChallenge {
  /// The names that the machine has, its DNS name last; empty when it does not say.
  let names: [String]

  /// Finds the messages in a token, where SPNEGO may be around them.
  ///
  /// - Throws: `malformedToken` for a message that the specification does not allow. gss-ntlmssp 1.2
  ///   ends the process when it is given one whose target has no name.
  static func all(in token: [UInt8]) throws(NegotiateError) -> [NTLMChallenge] {
    var found: [NTLMChallenge] = []
    for start in token.ranges(of: beginning).map(\.lowerBound) {
      found.append(try NTLMChallenge(message: Array(token[start...])))
    }
    return found
  }

  private static let beginning = Array("NTLMSSP\0\u{2}\0\0\0".utf8)

  private init(message: [UInt8]) throws(NegotiateError) {
    guard let flags = message.number(at: 20, octets: 4) else {
      throw .malformedToken("NTLM's challenge is cut off")
    }
    if flags & Self.targetIsNamed != 0, message.field(at: 12)?.isEmpty ?? true {
      throw .malformedToken("NTLM's challenge is of a machine without a name")
    }
    guard flags & Self.hasInformation != 0 else {
      names = []
      return
    }
    guard let information = message.field(at: 40), let names = Self.names(in: information) else {
      throw .malformedToken("NTLM's challenge has names that are cut off")
    }
    self.names = names
  }

  /// NTLMSSP_TARGET_TYPE_DOMAIN or NTLMSSP_TARGET_TYPE_SERVER.
  private static let targetIsNamed = 0x0003_0000
  /// NTLMSSP_NEGOTIATE_TARGET_INFO.
  private static let hasInformation = 0x0080_0000

  /// Whether the machine names itself, and not so.
  func isOther(than host: String) -> Bool {
    !names.isEmpty && !names.contains { $0.lowercased() == host.lowercased() }
  }

  /// - Returns: nil where the list does not come to its end.
  private static func names(in information: [UInt8]) -> [String]? {
    var found: [Int: String] = [:]
    var place = 0
    while let id = information.number(at: place, octets: 2),
      let length = information.number(at: place + 2, octets: 2)
    {
      if id == 0 { return [netBIOSName, dnsName].compactMap { found[$0] } }
      let end = place + 4 + length
      guard end <= information.count else { return nil }
      let units = stride(from: place + 4, to: end - 1, by: 2).map {
        UInt16(information[$0]) | UInt16(information[$0 + 1]) << 8
      }
      found[id] = String(decoding: units, as: UTF16.self)
      place = end
    }
    return nil
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

  /// What a header of length, room and offset refers to; nil beyond the end.
  fileprivate func field(at place: Int) -> [UInt8]? {
    guard let length = number(at: place, octets: 2), let offset = number(at: place + 4, octets: 4),
      offset + length <= count
    else { return nil }
    return Array(self[offset..<offset + length])
  }
}
