/// What a document holds, in a few arrays: elements in the order of their start tags, and all
/// text in one run of bytes.
///
/// Everything between the tags of an element is one range of that text, so no element has a
/// string or an array of its own.
final class XMLTree: Sendable {
  struct Node {
    var name: Int32
    var firstAttribute: Int32
    var textStart: Int32
    var textEnd: Int32 = 0
    /// The element after the last one inside this one.
    var end: Int32 = 0
  }

  struct Attribute {
    var name: Int32
    var valueStart: Int32
    var valueEnd: Int32
  }

  /// Namespace and local name, one after the other.
  struct Name {
    var namespace: Range<Int>
    var local: Range<Int>
  }

  let nodes: [Node]
  let attributes: [Attribute]
  let names: [Name]
  let nameBytes: [UInt8]
  let text: [UInt8]
  /// The values of all attributes.
  let values: [UInt8]

  init(_ builder: consuming XMLTreeBuilder) {
    nodes = builder.nodes
    attributes = builder.attributes
    names = builder.names
    nameBytes = builder.nameBytes
    text = builder.text
    values = builder.values
  }
}

extension XMLTree {
  func isName(_ index: Int32, _ name: XMLName) -> Bool {
    let found = names[Int(index)]
    return matches(found.local, name.local) && matches(found.namespace, name.namespace.uri)
  }

  func isLocalName(_ index: Int32, _ local: Span<UInt8>) -> Bool {
    let range = names[Int(index)].local
    guard range.count == local.count else { return false }
    for offset in 0..<local.count
    where nameBytes[range.lowerBound + offset] != local[offset] {
      return false
    }
    return true
  }

  private func matches(_ range: Range<Int>, _ string: StaticString) -> Bool {
    guard range.count == string.utf8CodeUnitCount else { return false }
    return unsafe nameBytes.withUnsafeBufferPointer { bytes in
      let expected = unsafe UnsafeBufferPointer(
        start: string.utf8Start, count: string.utf8CodeUnitCount)
      return unsafe bytes[range].elementsEqual(expected)
    }
  }
}
