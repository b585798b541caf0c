package import Engine
package import VolumeActivation

/// Where a wave stands, as journals keep it; the names of its properties are the names on disk.
package struct StoredWave: Hashable, Codable, Sendable {
  /// `pending`, `open`, `soaked` or `closed`.
  package var stage: String
  package var approved: Bool
  package var opened: Timestamp?
  package var settled: Timestamp?
  package var forgiven: Int

  package init(_ wave: WaveState) {
    stage = wave.stage.word
    approved = wave.approved
    opened = wave.openedAt
    settled = wave.settledAt
    forgiven = wave.forgiven
  }

  package func state() throws(StoredWordError) -> WaveState {
    let stages = [WaveState.Stage.pending, .open, .soaked, .closed]
    guard let stage = stages.first(where: { $0.word == self.stage }) else {
      throw StoredWordError(word: stage)
    }
    var wave = WaveState()
    wave.stage = stage
    wave.approved = approved
    wave.openedAt = opened
    wave.settledAt = settled
    wave.forgiven = forgiven
    return wave
  }
}

extension WaveState.Stage {
  /// Its word on disk and in `--json`.
  package var word: String {
    switch self {
    case .pending: "pending"
    case .open: "open"
    case .soaked: "soaked"
    case .closed: "closed"
    }
  }
}
