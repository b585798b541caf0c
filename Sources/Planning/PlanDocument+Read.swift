import FoundationEssentials
import VolumeActivation

extension PlanDocument {
  /// Reads a plan, strictly: nothing cut off, nothing edited, nothing that this version does not
  /// know.
  ///
  /// - `file`: The name to use in messages.
  package static func read(_ bytes: [UInt8], file: String) throws(InputError) -> Plan {
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<Plan, InputError> in
      Result { () throws(InputError) in
        var reading = PlanReading(bytes, file: file)
        return try reading.plan()
      }
    }
    return try result.get()
  }
}

/// One reading of a plan's document.
private struct PlanReading {
  let bytes: UnsafeBufferPointer<UInt8>
  let file: String
  /// The line being read, counted from 1.
  var line = 0
  /// Where the next line begins.
  var start = 0
  private var kmsHostOfWave: [KMSHostID] = []
  private var makPlaces: [String: MAKID] = [:]

  private typealias Failure = JSONScanner.Failure

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func plan() throws(InputError) -> Plan {
    try checkFormat()
    let (trailerStart, digest) = try checkDigest()
    let headerRange = try nextLine()
    var header = try header(headerRange)
    let address = Dictionary(
      header.kmsHosts.enumerated().map {
        ("\($1.address)", KMSHostID(rawValue: UInt16($0)))
      }, uniquingKeysWith: { first, _ in first })
    for (place, mak) in header.maks.enumerated() {
      makPlaces[mak.endsWith.rawValue] = MAKID(rawValue: UInt16(place))
    }
    var waves: [Wave] = []
    var hosts: [PlannedHost] = []
    var leftOut: [LeftOutHost] = []
    while start < trailerStart {
      let range = try nextLine()
      if begins(range, with: #"{"host":"#) {
        hosts.append(try host(range, waves))
      } else if begins(range, with: #"{"leftOut":"#) {
        leftOut.append(try leftOutHost(range))
      } else if begins(range, with: #"{"wave":"#) {
        let wave = try wave(range, address)
        guard hosts.isEmpty, leftOut.isEmpty, wave.number == waves.count + 1 else {
          throw damaged("wave \(wave.number) stands in the wrong place")
        }
        waves.append(wave)
      } else {
        throw damaged("the line is neither a wave, nor a host, nor one left out")
      }
    }
    let trailer = PlanDocument.trailer(
      waves: waves.count, hosts: hosts.count, leftOut: leftOut.count, digest: digest)
    line += 1
    guard bytes[trailerStart...].elementsEqual(trailer) else {
      throw damaged("the trailer's counts are not those of the lines before it")
    }
    try checkOrder(waves, hosts)
    header.format = PlanHeader.currentFormat
    return Plan(header: header, waves: waves, hosts: hosts, leftOut: leftOut, digest: digest)
  }
}

extension PlanReading {
  private func damaged(_ problem: String) -> InputError {
    InputError(
      .document, at: InputError.Place(file: file, line: line == 0 ? nil : line), problem,
      remedy: "Make the plan again with `muster plan`, or take it from where it was reviewed")
  }

  /// It is a plan at all, and of this version.
  private mutating func checkFormat() throws(InputError) {
    let place = InputError.Place(file: file, line: 1)
    guard !bytes.isEmpty else {
      throw InputError(
        .document, at: InputError.Place(file: file), "the file is empty",
        remedy: "Give a plan that `muster plan` wrote")
    }
    let mark = #"{"format":"muster-plan/"#
    guard begins(0..<bytes.count, with: mark) else {
      throw InputError(
        .document, at: place, "this is not a plan: it does not begin with \(mark)1\"",
        remedy: "Give a plan that `muster plan` wrote")
    }
    let version = bytes[mark.utf8.count...].prefix { $0 != UInt8(ascii: "\"") }.prefix(12)
    let text = String(decoding: version, as: UTF8.self)
    guard text == "1" else {
      if let number = Int(text), number > 1 {
        throw InputError(
          .document, at: place, "the plan was made by a newer Muster (muster-plan/\(number))",
          remedy: "Use that version, or make the plan again with this one")
      }
      throw InputError(
        .document, at: place, "the plan's format muster-plan/\(text) does not exist",
        remedy: "Give a plan that `muster plan` wrote")
    }
  }

  /// Nothing was cut off or edited.
  private mutating func checkDigest() throws(InputError) -> (Int, PlanDigest) {
    let newline = UInt8(ascii: "\n")
    let lastLine = bytes.dropLast().lastIndex(of: newline).map { $0 + 1 } ?? 0
    let mark = #"{"trailer":"#
    guard bytes.last == newline, begins(lastLine..<bytes.count, with: mark) else {
      line = bytes.count { $0 == newline } + (bytes.last == newline ? 0 : 1)
      throw damaged("the plan is cut off here: its trailer is missing")
    }
    var maker = DigestMaker()
    maker.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<lastLine]))
    let digest = maker.digest()
    let trailer = String(decoding: bytes[lastLine...], as: UTF8.self)
    guard trailer.hasSuffix(#""sha256":"\#(digest.rawValue)"}}"# + "\n") else {
      throw damaged("the plan was edited after it was made: its SHA-256 is not the trailer's")
    }
    return (lastLine, digest)
  }

  /// Hosts stand in the order of their waves, and each wave has as many as it says.
  private func checkOrder(_ waves: [Wave], _ hosts: [PlannedHost]) throws(InputError) {
    var counts = [Int](repeating: 0, count: waves.count)
    var last = WaveID(rawValue: 0)
    for host in hosts {
      if host.wave < last { throw damaged("\(host.name) stands behind a later wave") }
      last = host.wave
      counts[Int(host.wave.rawValue)] += 1
    }
    for (wave, count) in zip(waves, counts) where wave.hosts != count {
      throw damaged("wave \(wave.number) says it has \(wave.hosts) hosts and has \(count)")
    }
  }

  private func begins(_ range: Range<Int>, with text: String) -> Bool {
    bytes[range].starts(with: text.utf8)
  }

  private mutating func nextLine() throws(InputError) -> Range<Int> {
    line += 1
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw damaged("the line has no end")
    }
    defer { start = end + 1 }
    return start..<end
  }

  private func scan<Value>(
    _ range: Range<Int>, _ read: (inout JSONScanner) throws(Failure) -> Value
  ) throws(InputError) -> Value {
    var scanner = JSONScanner(bytes, range)
    do throws(Failure) {
      let value = try read(&scanner)
      try scanner.finish()
      return value
    } catch {
      var damage = damaged(error.problem)
      damage.place.column = error.offset - range.lowerBound + 1
      throw damage
    }
  }
}

extension PlanReading {
  private func header(_ range: Range<Int>) throws(InputError) -> PlanHeader {
    let line = Data(bytes[range])
    do {
      let body = try JSONDecoder().decode(PlanDocument.HeaderBody.self, from: line)
      let draft = begins(range, with: #"{"format":"muster-plan/1","draft":true"#)
      let header = PlanHeader(
        draft: draft, asOf: body.asOf, inventory: body.inventory, policy: body.policy,
        kmsHosts: body.kmsHosts, maks: body.maks, entitlements: body.entitlements,
        warnings: body.warnings)
      if try PlanDocument.line(header).dropLast().elementsEqual(line) { return header }
    } catch {
      throw damaged("the header cannot be read")
    }
    throw damaged("the header holds something that this version does not know")
  }

  private func wave(
    _ range: Range<Int>, _ kmsHosts: [String: KMSHostID]
  ) throws(InputError) -> Wave {
    try scan(range) { (scanner) throws(Failure) in
      var wave = Wave(
        number: 0, kind: .rollout, kmsHost: KMSHostID(rawValue: 0), hosts: 0, peakExposed: 0,
        needsApproval: false, sites: [])
      try scanner.object { (scanner, key) throws(Failure) in
        switch key {
        case "wave": wave.number = try scanner.int()
        case "kind": wave.kind = try scanner.value("a kind of wave", WaveKind.init(rawValue:))
        case "kmsHost":
          wave.kmsHost = try scanner.value("a KMS host of the header") { kmsHosts[$0] }
        case "hosts": wave.hosts = try scanner.int()
        case "peakExposed": wave.peakExposed = try scanner.int()
        case "needsApproval": wave.needsApproval = try scanner.bool()
        case "sites": wave.sites = try scanner.strings()
        default: throw scanner.failure("a wave has no `\(key)`")
        }
      }
      return wave
    }
  }

  private func leftOutHost(_ range: Range<Int>) throws(InputError) -> LeftOutHost {
    try scan(range) { (scanner) throws(Failure) in
      var host = LeftOutHost(name: "", site: "", verdict: .conflictingRecords, reason: "")
      try scanner.object { (scanner, key) throws(Failure) in
        switch key {
        case "leftOut": host.name = try scanner.string()
        case "site": host.site = try scanner.string()
        case "verdict": host.verdict = try scanner.value("a verdict", Verdict.init(rawValue:))
        case "reason": host.reason = try scanner.string()
        default: throw scanner.failure("a host left out has no `\(key)`")
        }
      }
      return host
    }
  }

  private func host(_ range: Range<Int>, _ waves: [Wave]) throws(InputError) -> PlannedHost {
    try scan(range) { (scanner) throws(Failure) in
      var line = HostLine()
      try scanner.object { (scanner, key) throws(Failure) in
        try line.take(key, from: &scanner, makPlaces)
      }
      guard let host = line.host(waves) else {
        throw scanner.failure("the host's line lacks something that every host has")
      }
      return host
    }
  }
}

extension JSONScanner {
  /// Reads a string that stands for something.
  mutating func value<Value>(
    _ what: String, _ make: (String) -> Value?
  ) throws(Failure) -> Value {
    let text = try string()
    guard let value = make(text) else { throw failure("`\(text)` is not \(what)") }
    return value
  }
}
