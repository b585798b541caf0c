/// What a KMS host remembers of the machines that asked it, and so its count.
///
/// It holds distinct machines with the time of their last request, and no more than twice the
/// greatest threshold that was asked for since it started: 10 while only servers asked, 50 from the
/// first client on. Beyond that the machine that asked longest ago is forgotten. A refused request
/// is counted like any other.
///
/// Source: kms-rules.md, section 1. `Machine` is what is counted by: a CMID, or a small integer
/// where machines are only numbered.
package struct KMSHostMemory<Machine: Hashable & Sendable>: Hashable, Sendable {
  /// Who is remembered, the one that asked longest ago first.
  private var records: [Record] = []
  /// The greatest threshold asked for since the start; 0 before the first request.
  package private(set) var greatestThreshold = 0

  fileprivate struct Record: Hashable, Sendable {
    var machine: Machine
    var asked: Timestamp
  }

  package init() {}

  /// How many machines it can hold at present.
  package var capacity: Int { 2 * greatestThreshold }

  /// How long a machine that does not ask again is remembered.
  package static var lifetime: Milliseconds { .days(30) }
}

extension KMSHostMemory {
  /// Takes a machine's request for activation.
  ///
  /// - `threshold`: The count that the machine's product needs.
  /// - `now`: Not earlier than any request before.
  /// - Returns: The count that the machine is answered with; it is activated if that is at least
  ///   its threshold, and counted either way.
  /// - Complexity: O(capacity).
  // Callers in other modules would else compare CMIDs through witness tables: 20 times as slow.
  @specialized(where Machine == ClientMachineID)
  package mutating func request(_ machine: Machine, threshold: Int, at now: Timestamp) -> Int {
    age(to: now)
    greatestThreshold = max(greatestThreshold, threshold)
    if let known = records.firstIndex(where: { $0.machine == machine }) {
      records.remove(at: known)
    } else if records.count >= capacity, !records.isEmpty {
      records.removeFirst()
    }
    records.append(Record(machine: machine, asked: now))
    return records.count
  }

  /// The count as the KMS host shows it at this moment.
  package func count(at now: Timestamp) -> Int {
    records.count - forgotten(at: now)
  }

  /// Whether the machine is remembered at this moment.
  package func remembers(_ machine: Machine, at now: Timestamp) -> Bool {
    records.dropFirst(forgotten(at: now)).contains { $0.machine == machine }
  }

  /// A restart starts the collection again, and what it can hold with it.
  package mutating func restart() {
    records.removeAll(keepingCapacity: true)
    greatestThreshold = 0
  }

  /// How many of the oldest records have outlived their time.
  private func forgotten(at now: Timestamp) -> Int {
    records.firstIndex { now - $0.asked < Self.lifetime } ?? records.count
  }

  private mutating func age(to now: Timestamp) {
    let old = forgotten(at: now)
    if old > 0 { records.removeFirst(old) }
  }
}

extension KMSHostMemory: Codable where Machine: Codable {}
extension KMSHostMemory.Record: Codable where Machine: Codable {}
