package import Engine
import Planning

/// What became of a command, as journals keep it; the names of its properties are the names on disk.
package struct StoredReply: Hashable, Codable, Sendable {
  /// `obeyed`, `noted`, or why it was refused: `no-such-hold`, `not-in-plan`, `changed`,
  /// `does-not-apply`, `activations-short`, `count-would-fall`.
  package var word: String
  /// For how many hosts it is noted.
  package var number: Int?
  package var host: UInt32?
  package var hosts: [UInt32]?
  package var mak: UInt16?
  package var left: Int?
  package var kmsHost: UInt16?
  package var count: Int?
  package var leaving: Int?
  package var threshold: Int?

  /// Writes a reply down.
  package init(_ reply: Reply) {
    switch reply {
    case .obeyed: word = "obeyed"
    case .noted(let number):
      word = "noted"
      self.number = number
    case .refused(.noSuchHold): word = "no-such-hold"
    case .refused(.notInPlan): word = "not-in-plan"
    case .refused(.changed(let host)):
      word = "changed"
      self.host = host.rawValue
    case .refused(.doesNotApply): word = "does-not-apply"
    case .refused(.activationsShort(let mak, let left, let hosts)):
      word = "activations-short"
      self.mak = mak.rawValue
      self.left = left
      self.hosts = hosts.map(\.rawValue)
    case .refused(.countWouldFall(let kmsHost, let count, let leaving, let threshold, let hosts)):
      word = "count-would-fall"
      self.kmsHost = kmsHost.rawValue
      self.count = count
      self.leaving = leaving
      self.threshold = threshold
      self.hosts = hosts.map(\.rawValue)
    }
  }

  /// The reply; throws when the word is not known or lacks what belongs to it.
  package func reply() throws(StoredWordError) -> Reply {
    let hosts = (hosts ?? []).map(HostID.init(rawValue:))
    switch word {
    case "obeyed": return .obeyed
    case "noted": if let number { return .noted(number) }
    case "no-such-hold": return .refused(.noSuchHold)
    case "not-in-plan": return .refused(.notInPlan)
    case "changed": if let host { return .refused(.changed(HostID(rawValue: host))) }
    case "does-not-apply": return .refused(.doesNotApply)
    case "activations-short":
      if let mak, let left {
        return .refused(.activationsShort(MAKID(rawValue: mak), left: left, hosts: hosts))
      }
    case "count-would-fall":
      if let kmsHost, let count, let leaving, let threshold {
        return .refused(
          .countWouldFall(
            KMSHostID(rawValue: kmsHost), count: count, leaving: leaving, threshold: threshold,
            hosts: hosts))
      }
    case let other: throw StoredWordError(word: other)
    }
    throw StoredWordError(word: word)
  }
}
