import VolumeActivation

/// What has been read of one part of a file: records in the file's order, with symbols of its own.
struct InventoryPart: Sendable {
  var hosts: [HostRecord] = []
  var text = TextArena()
  /// How many line ends the part holds.
  var lines = 0
  var columns = SharedTexts()
  /// Dates that only the rest of the file can settle.
  var ambiguousDates: [PendingDate] = []
  /// Rows about other applications than Windows.
  var otherProducts = 0
  /// Rows about add-ons of Windows, such as ESU.
  var addOns = 0
  /// The first of them, in the order of the file.
  var faults: [InventoryFault] = []
  /// How many more there are.
  var unlistedFaults = 0

  /// How many errors of a file are shown.
  static let faultLimit = 20

  mutating func add(_ fault: InventoryFault) {
    if faults.count < Self.faultLimit {
      faults.append(fault)
    } else {
      unlistedFaults += 1
    }
  }
}

/// The texts that hosts share, per column.
struct SharedTexts: Sendable {
  var sites = Interner()
  var captions = Interner()
  var editions = Interner()
  var domains = Interner()
  var groups = Interner()
  var kmsHosts = Interner()
  var partialKeys = Interner()
  var tags = Interner()
}

/// A date whose day and month cannot be told apart by itself.
struct PendingDate: Sendable {
  /// Index in `InventoryPart.hosts`.
  var host: Int
  var date: AmbiguousDate
  /// Where it stands in the file.
  var offset: Int
}

/// What is wrong at one place of a file, before line and column are counted.
struct InventoryFault: Sendable {
  /// Bytes before it in the text.
  var offset: Int
  var host: String?
  var problem: String
  var remedy: String
}
