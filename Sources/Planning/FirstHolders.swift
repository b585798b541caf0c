import VolumeActivation

/// Who was the first to show an identifier: an open hash table of eight bytes an entry.
struct FirstHolders {
  /// Half of an identifier's hash, and one more than its holder; 0 is an empty slot.
  private var slots: [UInt64]

  /// Room for `count` identifiers and no more.
  init(capacity count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  /// The first holder of `id`; nil when `holder` is the first itself.
  ///
  /// - `ids`: The identifier of a holder that was given before.
  mutating func first(
    _ id: ClientMachineID, holder: UInt32, ids: (UInt32) -> ClientMachineID?
  ) -> UInt32? {
    var mixed = (id.high ^ (id.low &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    mixed ^= mixed >> 32
    var place = Int(truncatingIfNeeded: mixed) & (slots.count - 1)
    let tag = mixed & 0xFFFF_FFFF_0000_0000
    while slots[place] != 0 {
      let known = UInt32(truncatingIfNeeded: slots[place]) - 1
      if slots[place] & 0xFFFF_FFFF_0000_0000 == tag, ids(known) == id { return known }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = tag | UInt64(holder + 1)
    return nil
  }
}
