import Foundation
import VolumeActivation

/// An instant as people and programs read it: `2026-11-24T09:30:00Z`.
struct Date8601: Hashable, Sendable, CustomStringConvertible, Encodable {
  var description: String

  init(_ instant: Timestamp) {
    let date = Date(timeIntervalSince1970: Double(instant.rawValue) / 1000)
    description = date.formatted(.iso8601)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
