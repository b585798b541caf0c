import Foundation
import VolumeActivation

extension Proposal {
  /// Writes the plan's document, a megabyte or so at a time.
  ///
  /// Lines are made on all processors while those before them are hashed and sent; their order and
  /// bytes do not depend on how many there are.
  ///
  /// - Parameter send: Takes the next bytes; what it throws ends the writing.
  /// - Returns: The SHA-256 of the document before its trailer.
  @discardableResult
  package func write(_ send: ([UInt8]) throws -> Void) throws -> PlanDigest {
    var digest = DigestMaker()
    func pass(_ bytes: [UInt8]) throws {
      bytes.withUnsafeBytes { digest.update($0) }
      try send(bytes)
    }
    var beginning = try PlanDocument.line(header)
    for wave in waves { beginning += PlanDocument.line(wave, of: header) }
    try pass(beginning)
    let leftOut = hosts.indices.lazy.filter { hosts[$0].place == .leftOut }
    let lines = order + leftOut.map { UInt32($0) }
    let size = Self.linesOfSlice
    let slices = Assembly(
      of: (lines.count + size - 1) / size, by: LineScribe(self),
      workers: ProcessInfo.processInfo.activeProcessorCount
    ) { scribe, slice in
      scribe.write(lines[slice * size..<min(lines.count, (slice + 1) * size)], of: self)
    }
    try slices.take { try pass($0.json.bytes) }
    let result = digest.digest()
    try send(
      PlanDocument.trailer(
        waves: waves.count, hosts: order.count, leftOut: leftOutHosts, digest: result))
    return result
  }

  /// The whole document.
  package func document() throws -> [UInt8] {
    var document: [UInt8] = []
    try write { document += $0 }
    return document
  }

  private static let linesOfSlice = 1024
}

/// Writes lines of a document, with what they share in phrases of its own.
private struct LineScribe: Sendable {
  private(set) var json = JSONBytes()
  private var phrases: PlanPhrases
  /// The names of the slice's hosts, end to end; nothing in them is escaped.
  private var names: [UInt8] = []
  private let inventory: Inventory

  init(_ proposal: Proposal) {
    phrases = PlanPhrases(proposal)
    inventory = proposal.inventory
  }

  /// Makes the lines of these hosts, in place of those made before.
  ///
  /// What they say lies all over memory. It is fetched in one go first: a processor waits for many
  /// places at a time, but for one after the other when there is work in between.
  mutating func write(_ lines: ArraySlice<UInt32>, of proposal: Proposal) {
    json.removeAll()
    names.removeAll(keepingCapacity: true)
    let hosts = lines.map { proposal.hosts[Int($0)] }
    let records = hosts.map { inventory.hosts[Int($0.record)] }
    inventory.text.bytes.withUnsafeBufferPointer { text in
      for record in records {
        let start = Int(record.name.offset)
        names.append(
          contentsOf: FieldBytes(rebasing: text[start..<start + Int(record.name.length)]))
      }
    }
    var next = 0
    for (host, record) in zip(hosts, records) {
      let name = next..<next + Int(record.name.length)
      if host.place == .leftOut {
        writeLeftOut(host, record, name)
      } else {
        write(host, record, name)
      }
      next = name.upperBound
    }
  }

  private mutating func write(_ host: Assessment, _ record: HostRecord, _ name: Range<Int>) {
    json.raw(#"{"host":"#)
    json.plainString(names[name])
    json.raw(phrases.beginning(host, record))
    if let id = record.clientMachineID {
      json.raw(#","cmid":"#)
      json.guid(high: id.high, low: id.low)
    }
    if host.traits.isDisjoint(with: [.confirmationID, .grouped]) {
      json.raw(phrases.ending(host))
    } else {
      writeEnding(host, record)
    }
  }

  /// The ending of a host that has something of its own in it.
  private mutating func writeEnding(_ host: Assessment, _ record: HostRecord) {
    json.raw(phrases.raisesCount(host))
    if host.mak != Assessment.nobody {
      json.raw(phrases.maks[Int(host.mak)])
      if host.traits.contains(.confirmationID) {
        json.raw(#","installationId":"#)
        text(record.installationID)
        json.raw(#","confirmationId":"#)
        text(record.confirmationID)
      }
    }
    json.raw(#","weight":"#)
    json.number(Int(host.weight))
    if host.traits.contains(.grouped) {
      json.raw(#","group":"#)
      json.raw(phrases.group(of: record))
    }
    json.raw(phrases.exposed(host))
  }

  private mutating func writeLeftOut(
    _ host: Assessment, _ record: HostRecord, _ name: Range<Int>
  ) {
    json.raw(#"{"leftOut":"#)
    json.plainString(names[name])
    json.raw(phrases.sites[Int(record.site.rawValue)])
    json.raw(#","verdict":"#)
    json.string(host.verdict.rawValue)
    json.raw(phrases.reasons[Int(host.reason)])
    json.raw("}\n")
  }

  private mutating func text(_ range: TextRange) {
    inventory.text.bytes.withUnsafeBufferPointer { bytes in
      let start = Int(range.offset)
      json.string(UnsafeBufferPointer(rebasing: bytes[start..<start + Int(range.length)]))
    }
  }
}
