import Dispatch
import Synchronization
import VolumeActivation

extension Proposal {
  /// Writes the plan's document, a few megabytes at a time.
  ///
  /// Lines are made on all processors; their order and bytes do not depend on how many there are.
  ///
  /// - Parameter send: Takes the next bytes; what it throws ends the writing.
  /// - Returns: The SHA-256 of the document before its trailer.
  @discardableResult
  package func write(_ send: ([UInt8]) throws -> Void) throws -> PlanDigest {
    let leftOut = hosts.indices.lazy.filter { hosts[$0].place == .leftOut }
    let lines = order + leftOut.map { UInt32($0) }
    let scribes = Mutex([LineScribe?](repeating: LineScribe(self), count: Self.slices))
    let digest = Mutex(DigestMaker())
    var ready = try PlanDocument.line(header)
    for wave in waves { ready += PlanDocument.line(wave, of: header) }
    var previous: [UInt8] = []
    var next = 0
    while !ready.isEmpty {
      swap(&ready, &previous)
      let start = next
      // The last part takes the digest of what was made before, the others make the next lines.
      DispatchQueue.concurrentPerform(iterations: Self.slices + 1) { [previous] part in
        guard part < Self.slices else {
          digest.withLock { digest in previous.withUnsafeBytes { digest.update($0) } }
          return
        }
        let first = min(lines.count, start + part * Self.linesOfSlice)
        let last = min(lines.count, first + Self.linesOfSlice)
        // Taken out and put back, so that its buffers are not copied.
        guard var scribe = scribes.withLock({ $0[part].take() }) else { return }
        scribe.write(lines[first..<last], of: self)
        scribes.withLock { [scribe] in $0[part] = scribe }
      }
      next = min(lines.count, start + Self.slices * Self.linesOfSlice)
      try send(previous)
      ready.removeAll(keepingCapacity: true)
      scribes.withLock { for scribe in $0 { ready += scribe?.json.bytes ?? [] } }
    }
    let result = digest.withLock { $0.digest() }
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

  private static let slices = 4
  private static let linesOfSlice = 4096
}

/// Writes lines of a document, with what they share in phrases of its own.
private struct LineScribe {
  private(set) var json = JSONBytes()
  private var phrases: PlanPhrases
  private let inventory: Inventory

  init(_ proposal: Proposal) {
    phrases = PlanPhrases(proposal)
    inventory = proposal.inventory
  }

  /// Makes the lines of these hosts, in place of those made before.
  mutating func write(_ lines: ArraySlice<UInt32>, of proposal: Proposal) {
    json.removeAll()
    for index in lines {
      let host = proposal.hosts[Int(index)]
      if host.place == .leftOut { writeLeftOut(host) } else { write(host) }
    }
  }

  private mutating func write(_ host: Assessment) {
    let record = inventory.hosts[Int(host.record)]
    json.raw(#"{"host":"#)
    text(record.name)
    json.raw(phrases.beginning(host, record))
    if let id = record.clientMachineID {
      json.raw(#","cmid":"#)
      json.guid(high: id.high, low: id.low)
    }
    json.raw(
      host.traits.contains(.raisesCount) ? #","raisesCount":true"# : #","raisesCount":false"#)
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
    json.raw(host.traits.contains(.exposed) ? ",\"exposed\":true}\n" : ",\"exposed\":false}\n")
  }

  private mutating func writeLeftOut(_ host: Assessment) {
    let record = inventory.hosts[Int(host.record)]
    json.raw(#"{"leftOut":"#)
    text(record.name)
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
