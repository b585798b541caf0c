import Randomness

extension Mutation {
  /// A file whose readers may stumble over what is put in.
  init(of file: [UInt8]) { self.init(of: file, sharp: Self.sharpForFiles) }

  private static let sharpForFiles: [[UInt8]] =
    [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\\", "\\u12", "{", "}", "[", "]", ":", "#",
      "-", "*", "&a", "null", "-1", "99999999999999999999", "1e999", "\u{FEFF}", "\u{0}", "é", "ẞ",
      "İ", "🙂", "55c92734-d682-4d71-983e-d6ec3f16059f",
    ].map { Array($0.utf8) } + Mutation.brokenUTF8
}
