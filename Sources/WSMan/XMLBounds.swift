/// How large a document may be before it is refused.
///
/// The largest envelope that Windows sends is 500 KiB, some twenty levels deep.
package struct XMLBounds: Sendable {
  package var octets = 1 << 20
  package var depth = 64
  package var elements = 1 << 16
  /// Of one element.
  package var attributes = 32
  /// Names that differ, of elements and attributes together.
  package var names = 1 << 10
  /// Of one name, its namespace included.
  package var nameOctets = 1 << 9
  package var attributeOctets = 1 << 12

  package init() {}
}
