import Configuration
import Planning
import Randomness
import Testing

/// Whatever `muster.yaml` holds, it is read or gets one message that names it; never a trap.
struct ConfigurationMutationTests {
  private static let original = """
    kmsHosts:
      - name: kms01.contoso.com        # a comment
        sites: [hq, "branch-*"]
        hostKey: Windows Server 2022
        count: 7
      - {name: kms02.contoso.com, port: 1689, sites: plant}
    maks:
      - endsWith: B7B7B
        activationsLeft: 180
        secret: env:MUSTER_MAK_B7B7B
    entitlements: [{product: Windows 11, owned: 5}]
    policy:
      confidence: 0.99
      waves: [1%, 10, 50%, rest]
      maxExposed: 40
      failureBudget: 5%
      soak: 1h30m
      approve: [2]
      onGuardTrip: hold
      window: "20:00-05:00 Europe/Berlin"
      stepOrder: pointFirst
      allowIrreversible: [odd.contoso.com]
    transport: {kind: simulated, fleet: x.fleet, speed: 2.5, seed: 7, faults: light}

    """

  /// Bytes that mean something to YAML, or to the values.
  private static let sharp = [
    "\"", "'", ":", ": ", "- ", "#", "{", "}", "[", "]", ",", "\n", "\n  ", "\t", "|", ">", "&a ",
    "*a", "!!binary ", "%", "~", "null", "-1", "99999999999999999999", "1e999", "nan", "\u{0}", "é",
    "🙂", "rest", "<<: ", "? ", "--- ", "B7B7B",
  ]

  private func mutant(_ random: inout SplitMix64) -> String {
    var text = Array(Self.original)
    for _ in 0..<Int.random(in: 1...6, using: &random) where !text.isEmpty {
      let place = Int.random(in: 0..<text.count, using: &random)
      let end = min(text.count, place + Int.random(in: 1...30, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text.removeSubrange(place..<end)
      case 1: text.insert(contentsOf: text[place..<end], at: place)
      case 2: text.swapAt(place, Int.random(in: 0..<text.count, using: &random))
      default: text.insert(contentsOf: Self.sharp.randomElement(using: &random) ?? "", at: place)
      }
    }
    return String(text)
  }

  @Test(arguments: UInt64(0)..<100)
  func `a damaged configuration is read, or refused with its file and what to do`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      let text = mutant(&random)
      do throws(InputError) {
        let configuration = try Configuration(
          reading: [Configuration.Source(file: "muster.yaml", text: text)])
        #expect(configuration.kmsHosts.allSatisfy { !$0.sites.isEmpty })
      } catch {
        #expect(error.description.hasPrefix("muster.yaml:"), "\(error)")
        #expect(!error.remedy.isEmpty)
      }
    }
  }

  @Test func `nesting without end is refused`() {
    for opening in ["[", "{a: ", "- "] {
      let text = "policy: " + String(repeating: opening, count: 50_000)
      #expect(throws: InputError.self) {
        try Configuration(reading: [Configuration.Source(file: "muster.yaml", text: text)])
      }
    }
  }
}
