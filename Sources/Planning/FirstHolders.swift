import VolumeActivation

/// Who was the first to show an identifier: an open hash table of numbers.
struct FirstHolders {
  private var slots: [Slot]
  private var used = 0

  private struct Slot {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// One more than the holder; 0 is an empty slot.
    var holder: UInt32 = 0
  }

  init(expecting count: Int = 0) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
  }

  /// The first holder of `id`; nil when `holder` is the first itself.
  mutating func first(_ id: ClientMachineID, holder: UInt32) -> UInt32? {
    if (used + 1) * 2 > slots.count { grow() }
    let place = place(of: id.high, id.low)
    guard slots[place].holder == 0 else { return slots[place].holder - 1 }
    slots[place] = Slot(high: id.high, low: id.low, holder: holder + 1)
    used += 1
    return nil
  }

  /// Its slot, or the empty one it belongs in.
  private func place(of high: UInt64, _ low: UInt64) -> Int {
    var mixed = (high ^ (low &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    mixed ^= mixed >> 32
    var place = Int(truncatingIfNeeded: mixed) & (slots.count - 1)
    while slots[place].holder != 0, slots[place].high != high || slots[place].low != low {
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.holder != 0 { slots[place(of: slot.high, slot.low)] = slot }
  }
}
