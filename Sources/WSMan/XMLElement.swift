/// An element of a document, which it keeps alive.
package struct XMLElement: Sendable {
  let tree: XMLTree
  let index: Int

  private var node: XMLTree.Node { tree.nodes[index] }

  package func isNamed(_ name: XMLName) -> Bool { tree.isName(node.name, name) }

  /// Compares the name without its namespace, as the names of instances and properties are.
  package func isNamed(local: CIMName) -> Bool {
    tree.isLocalName(node.name, local.rawValue.utf8.span)
  }

  package var localName: String {
    let range = tree.names[Int(node.name)].local
    return String(decoding: tree.nameBytes[range], as: UTF8.self)
  }

  package var namespace: String {
    let range = tree.names[Int(node.name)].namespace
    return String(decoding: tree.nameBytes[range], as: UTF8.self)
  }

  /// All text between its tags, that of the elements inside it included.
  package var text: String { String(decoding: textBytes, as: UTF8.self) }

  /// The text without white space at both ends, as names, numbers and addresses are written.
  package var token: String {
    String(decoding: tokenBytes, as: UTF8.self)
  }

  var textBytes: ArraySlice<UInt8> { tree.text[textRange] }

  /// Where its text stands in that of the document.
  var textRange: Range<Int> { Int(node.textStart)..<Int(node.textEnd) }

  var tokenBytes: ArraySlice<UInt8> {
    var bytes = textBytes
    while let first = bytes.first, Self.isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
    return bytes
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

extension XMLElement {
  /// The elements directly inside this one.
  package struct Children: Sequence, IteratorProtocol {
    let tree: XMLTree
    var index: Int
    let end: Int

    package mutating func next() -> XMLElement? {
      guard index < end else { return nil }
      defer { index = Int(tree.nodes[index].end) }
      return XMLElement(tree: tree, index: index)
    }
  }

  package var children: Children {
    Children(tree: tree, index: index + 1, end: Int(node.end))
  }

  package var hasChildren: Bool { Int(node.end) > index + 1 }

  /// The elements inside this one at any depth, in the order of their start tags.
  var descendants: some Sequence<XMLElement> {
    ((index + 1)..<Int(node.end)).lazy.map { XMLElement(tree: tree, index: $0) }
  }

  package func child(_ name: XMLName) -> XMLElement? {
    children.first { $0.isNamed(name) }
  }

  package func child(local: CIMName) -> XMLElement? {
    children.first { $0.isNamed(local: local) }
  }

  /// The only element directly inside this one; nil when there are none or several.
  package var onlyChild: XMLElement? {
    var children = children
    guard let first = children.next(), children.next() == nil else { return nil }
    return first
  }

  package func attribute(_ name: XMLName) -> String? {
    ownAttributes.first { tree.isName($0.name, name) }.map(value)
  }

  /// The names of the attributes without their namespaces, and their values.
  var attributes: [(name: String, value: String)] {
    ownAttributes.map { attribute in
      let name = tree.nameBytes[tree.names[Int(attribute.name)].local]
      return (String(decoding: name, as: UTF8.self), value(attribute))
    }
  }

  private var ownAttributes: ArraySlice<XMLTree.Attribute> {
    let end =
      index + 1 < tree.nodes.count
      ? Int(tree.nodes[index + 1].firstAttribute) : tree.attributes.count
    return tree.attributes[Int(node.firstAttribute)..<end]
  }

  private func value(_ attribute: XMLTree.Attribute) -> String {
    String(
      decoding: tree.values[Int(attribute.valueStart)..<Int(attribute.valueEnd)], as: UTF8.self)
  }
}
