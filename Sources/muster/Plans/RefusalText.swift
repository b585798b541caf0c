import Planning
import VolumeActivation

/// Why no plan is written, for a person.
struct RefusalText {
  var refusal: PlanRefusal
  var inventory: String

  /// Begins in the middle of a line, behind the program's name.
  var text: String {
    var lines = ["the guard refuses \(inventory)."]
    if !refusal.shortfalls.isEmpty {
      lines.append("Too few machines would be counted, and a KMS host activates nobody below its")
      lines.append("threshold:")
    }
    for shortfall in refusal.shortfalls {
      let finding = "\(shortfall.kmsHost), \(shortfall.projection.kind)s: \(shortfall)."
      lines += [""] + Paragraph(finding, indent: 2).lines
      lines += shortfall.advice.flatMap { Paragraph("- \($0).", indent: 4, hanging: 2).lines }
    }
    if !refusal.limits.isEmpty {
      lines += ["", "A limit would be broken, and hosts changed only to be taken back:"]
      lines += refusal.limits.flatMap { [""] + Paragraph("\($0).", indent: 2).lines }
    }
    lines += [
      "", "Nothing was written. --draft writes the plan to be read; it could not be applied.",
    ]
    return lines.joined(separator: "\n")
  }
}

/// A refusal for programs.
struct RefusalSummary: Encodable {
  var format = "muster-refusal/1"
  var inventory: String
  var shortfalls: [Shortfall]
  var limits: [String]

  struct Shortfall: Encodable {
    var kmsHost: KMSAddress
    var projection: Projection
    var text: String
    var hindrances: [String]
    var advice: [String]
  }

  init(_ refusal: PlanRefusal, inventory: String) {
    self.inventory = inventory
    shortfalls = refusal.shortfalls.map { shortfall in
      Shortfall(
        kmsHost: shortfall.kmsHost, projection: shortfall.projection,
        text: shortfall.description, hindrances: shortfall.hindrances, advice: shortfall.advice)
    }
    limits = refusal.limits.map(\.description)
  }
}
