/// What goes wrong with one operation of a disk.
package struct DiskFault: Hashable, Sendable {
  package enum Kind: CaseIterable, Sendable {
    /// It fails, and has done nothing.
    case once
    /// A write fails half done.
    case torn
    /// There is no room for it.
    case full
    /// It fails, and whatever comes after it.
    case dead
  }

  package let kind: Kind
  /// The number of the operation, counted from 0.
  package let number: Int

  package init(_ kind: Kind, at number: Int) {
    self.kind = kind
    self.number = number
  }

  /// Whether such a thing can happen to an operation.
  package func canMeet(_ operation: DiskOperation) -> Bool {
    switch kind {
    case .once, .dead: true
    case .torn: operation.kind == .write
    case .full: operation.kind == .write || operation.kind == .sharedMemory
    }
  }
}
