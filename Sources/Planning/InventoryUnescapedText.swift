/// The value of a field that does not stand in the file as it is meant: with escapes undone.
///
/// Fields lent from it are valid as long as it lives.
final class UnescapedText {
  private let storage: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// - Parameter capacity: The most bytes it will hold; the escaped text is never shorter.
  init(capacity: Int) {
    storage = .allocate(capacity: max(capacity, 1))
  }

  deinit { storage.deallocate() }

  func append(_ byte: UInt8) {
    precondition(count < storage.count, "an escaped text is never shorter than its value")
    storage[count] = byte
    count += 1
  }

  var bytes: FieldBytes { FieldBytes(rebasing: FieldBytes(storage)[..<count]) }
}
