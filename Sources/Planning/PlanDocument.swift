import Crypto
import FoundationEssentials
import VolumeActivation

/// The document of a plan, `muster-plan/1`: JSON Lines, each key in its place, so that a plan has
/// one text.
///
/// A header, a line for each wave, each planned host in the order of beginning and each host left
/// out by name, and a trailer with the counts and the SHA-256 of all before it.
package enum PlanDocument {
  /// The header without what tells the format, which stands before it.
  struct HeaderBody: Codable {
    var asOf: Timestamp
    var inventory: PlanDigest
    var kmsHosts: [PlannedKMSHost]
    var maks: [PlannedMAK]
    var entitlements: [PlannedEntitlement]
    var policy: Policy
    var warnings: [String]
  }

  /// The line of a header.
  static func line(_ header: PlanHeader) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = try encoder.encode(
      HeaderBody(
        asOf: header.asOf, inventory: header.inventory, kmsHosts: header.kmsHosts,
        maks: header.maks, entitlements: header.entitlements, policy: header.policy,
        warnings: header.warnings))
    var json = JSONBytes()
    json.raw(#"{"format":"#)
    json.string(header.format)
    json.raw(#","draft":"#)
    json.bool(header.draft)
    json.raw(",")
    json.raw(Array(body.dropFirst()))
    json.raw("\n")
    return json.bytes
  }

  /// The line of a wave.
  static func line(_ wave: Wave, of header: PlanHeader) -> [UInt8] {
    var json = JSONBytes()
    json.raw(#"{"wave":"#)
    json.number(wave.number)
    json.raw(#","kind":"#)
    json.string(wave.kind.rawValue)
    json.raw(#","kmsHost":"#)
    json.string("\(header.kmsHosts[Int(wave.kmsHost.rawValue)].address)")
    json.raw(#","hosts":"#)
    json.number(wave.hosts)
    json.raw(#","peakExposed":"#)
    json.number(wave.peakExposed)
    json.raw(#","needsApproval":"#)
    json.bool(wave.needsApproval)
    json.raw(#","sites":["#)
    for (place, site) in wave.sites.enumerated() {
      if place > 0 { json.raw(",") }
      json.string(site)
    }
    json.raw("]}\n")
    return json.bytes
  }

  /// The same lines under a trailer that fits them, counted anew.
  ///
  /// A digest protects a plan against accidents, not against people; tests show what it does not.
  package static func sealed(_ document: [UInt8]) throws -> [UInt8] {
    let lines = document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    let body = lines.dropLast().flatMap { $0 + [UInt8(ascii: "\n")] }
    var maker = DigestMaker()
    body.withUnsafeBytes { maker.update($0) }
    func count(_ start: String) -> Int { lines.count { $0.starts(with: start.utf8) } }
    return body
      + trailer(
        waves: count(#"{"wave":"#), hosts: count(#"{"host":"#), leftOut: count(#"{"leftOut":"#),
        digest: maker.digest())
  }

  /// The last line: what must stand before it, in counts and as a digest.
  static func trailer(waves: Int, hosts: Int, leftOut: Int, digest: PlanDigest) -> [UInt8] {
    var json = JSONBytes()
    json.raw(#"{"trailer":{"waves":"#)
    json.number(waves)
    json.raw(#","hosts":"#)
    json.number(hosts)
    json.raw(#","leftOut":"#)
    json.number(leftOut)
    json.raw(#","sha256":"#)
    json.string(digest.rawValue)
    json.raw("}}\n")
    return json.bytes
  }
}

/// A running SHA-256 that ends as a plan's digest.
struct DigestMaker {
  private var hash = SHA256()

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  func digest() -> PlanDigest {
    PlanDigest(
      rawValue: hash.finalize().map { byte in
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
      }.joined())
  }
}
