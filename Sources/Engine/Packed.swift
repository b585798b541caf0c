package import VolumeActivation

/// An optional instant in eight bytes instead of sixteen: hosts hold many, and there are many hosts.
@propertyWrapper
package struct Packed: Hashable, Sendable {
  private var milliseconds = Int64.min

  package init(wrappedValue: Timestamp?) {
    self.wrappedValue = wrappedValue
  }

  package var wrappedValue: Timestamp? {
    get { milliseconds == .min ? nil : Timestamp(rawValue: milliseconds) }
    set { milliseconds = newValue?.rawValue ?? .min }
  }
}
