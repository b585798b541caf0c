extension XMLElement {
  /// Names, attributes and texts in one line, such as `Value(s:Sender)`, for a log.
  ///
  /// It is made from what was understood, so nothing hides behind a character reference.
  var outline: [UInt8] {
    var bytes: [UInt8] = []
    writeOutline(to: &bytes)
    return bytes
  }

  private func writeOutline(to bytes: inout [UInt8]) {
    bytes += localName.utf8
    for (name, value) in attributes { bytes += " \(name)=\(value)".utf8 }
    bytes.append(UInt8(ascii: "("))
    var place = textRange.lowerBound
    for child in children {
      bytes += tree.text[place..<child.textRange.lowerBound]
      child.writeOutline(to: &bytes)
      place = child.textRange.upperBound
    }
    bytes += tree.text[place..<textRange.upperBound]
    bytes.append(UInt8(ascii: ")"))
  }
}
