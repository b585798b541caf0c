/// A large part of a value, kept out of line.
///
/// Whatever holds it stays small enough to be handed around; the part itself is copied only when
/// it is changed while two values share it.
@propertyWrapper
package struct Indirect<Value> {
  /// Exactly one: an array already copies when it must, and only then.
  private var storage: [Value]

  package init(wrappedValue: Value) {
    storage = [wrappedValue]
  }

  package var wrappedValue: Value {
    @inline(__always) _read { yield storage[0] }
    @inline(__always) _modify { yield &storage[0] }
  }
}

extension Indirect: Sendable where Value: Sendable {}
