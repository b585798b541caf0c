import CExpat

/// What libexpat reports, put together into a tree; the first thing that is refused stops it.
struct XMLTreeBuilder {
  private(set) var nodes: [XMLTree.Node] = []
  private(set) var attributes: [XMLTree.Attribute] = []
  private(set) var names: [XMLTree.Name] = []
  private(set) var nameBytes: [UInt8] = []
  private(set) var text: [UInt8] = []
  private(set) var values: [UInt8] = []
  private(set) var refusal: XMLError?
  private let bounds: XMLBounds
  private var open: [Int] = []
  private var lastName = -1

  /// What stands between a namespace and a local name; no namespace may contain it.
  static let separator = UInt8(ascii: "\n")

  init(bounds: XMLBounds, octets: Int) {
    self.bounds = bounds
    nodes.reserveCapacity(octets / 64)
    text.reserveCapacity(octets / 2)
  }

  mutating func refuse(_ error: XMLError) {
    if refusal == nil { refusal = error }
  }

  mutating func start(
    _ name: UnsafePointer<CChar>, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    guard nodes.count < bounds.elements else { return refuse(.tooLarge(.elements)) }
    guard open.count < bounds.depth else { return refuse(.tooLarge(.depth)) }
    guard let nameIndex = unsafe intern(name) else { return }
    open.append(nodes.count)
    nodes.append(
      XMLTree.Node(
        name: nameIndex, firstAttribute: Int32(attributes.count), textStart: Int32(text.count)))
    var index = 0
    while let attribute = unsafe pairs[index], let value = unsafe pairs[index + 1] {
      guard index < 2 * bounds.attributes else { return refuse(.tooLarge(.attributes)) }
      guard let attributeName = unsafe intern(attribute) else { return }
      let value = unsafe Self.bytes(value)
      guard value.count <= bounds.attributeOctets else {
        return refuse(.tooLarge(.attributeOctets))
      }
      let start = values.count
      unsafe values.append(contentsOf: value)
      attributes.append(
        XMLTree.Attribute(
          name: attributeName, valueStart: Int32(start), valueEnd: Int32(values.count)))
      index += 2
    }
  }

  mutating func end() {
    guard let index = open.popLast() else { return }
    nodes[index].textEnd = Int32(text.count)
    nodes[index].end = Int32(nodes.count)
  }

  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe text.append(contentsOf: bytes)
  }

  /// The number of a name, which is a new one if the name is.
  ///
  /// Rows repeat their names in the same order, so the search begins after the last one found.
  private mutating func intern(_ name: UnsafePointer<CChar>) -> Int32? {
    let bytes = unsafe Self.bytes(name)
    for step in 1...max(names.count, 1) where !names.isEmpty {
      let index = (lastName + step) % names.count
      let known = names[index]
      let start = known.namespace.lowerBound
      let separated = known.namespace.isEmpty ? 0 : 1
      guard known.local.upperBound - start + separated == bytes.count else { continue }
      if unsafe isSame(known, bytes, separated) {
        lastName = index
        return Int32(index)
      }
    }
    return unsafe add(bytes)
  }

  private func isSame(
    _ known: XMLTree.Name, _ bytes: UnsafeBufferPointer<UInt8>, _ separated: Int
  ) -> Bool {
    let localStart = known.namespace.count + separated
    return unsafe nameBytes.withUnsafeBufferPointer { found in
      unsafe bytes[localStart...].elementsEqual(found[known.local])
        && bytes[..<known.namespace.count].elementsEqual(found[known.namespace])
    }
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard names.count < bounds.names else {
      refuse(.tooLarge(.names))
      return nil
    }
    guard bytes.count <= bounds.nameOctets else {
      refuse(.tooLarge(.nameOctets))
      return nil
    }
    let start = nameBytes.count
    if let split = unsafe bytes.lastIndex(of: Self.separator) {
      unsafe nameBytes.append(contentsOf: bytes[..<split])
      unsafe nameBytes.append(contentsOf: bytes[(split + 1)...])
      names.append(
        XMLTree.Name(
          namespace: start..<(start + split), local: (start + split)..<nameBytes.count))
    } else {
      unsafe nameBytes.append(contentsOf: bytes)
      names.append(XMLTree.Name(namespace: start..<start, local: start..<nameBytes.count))
    }
    lastName = names.count - 1
    return Int32(lastName)
  }

  private static func bytes(_ string: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    while unsafe string[count] != 0 { count += 1 }
    return unsafe UnsafeBufferPointer(
      start: UnsafeRawPointer(string).assumingMemoryBound(to: UInt8.self), count: count)
  }
}
