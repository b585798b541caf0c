extension Mutation {
  /// An envelope; what is put in means something to a reader of XML.
  package init(ofXML bytes: [UInt8]) { self.init(of: bytes, sharp: Self.sharpForXML) }

  private static let sharpForXML: [[UInt8]] =
    [
      "<", ">", "</", "/>", "&", "&amp;", "&#13;", "&#0;", "\"", "'", "=", " ", "\0", "<a>", "</a>",
      "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE a>", "xmlns=\"\"", "xsi:nil=\"true\"",
      "-1", "99999999999999999999", "*", ":", "HRESULT 0x", "w:", "\u{FEFF}", "\u{FFFF}", "é", "🙂",
      "BBBBB-CCCCC-DDDDD-FFFFF-B7B7B",
    ].map { Array($0.utf8) } + brokenUTF8
}
