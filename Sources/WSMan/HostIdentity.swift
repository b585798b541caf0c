/// What answers to Identify.
package struct HostIdentity: Hashable, Sendable {
  package var vendor: String
  /// Such as `OS: 6.1.7601 SP: 1.0 Stack: 2.0`; the stack is the version of WinRM.
  package var version: String

  package init(vendor: String, version: String) {
    self.vendor = vendor
    self.version = version
  }
}
