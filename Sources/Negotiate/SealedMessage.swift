/// A message that only the other side of a context can read, in the two parts that WinRM sends.
package struct SealedMessage: Hashable, Sendable {
  /// 16 octets for NTLM, 60 for Kerberos with AES.
  package var signature: [UInt8]
  /// As long as the text, and `padding` octets more.
  package var sealed: [UInt8]
  /// 1 for Kerberos with RC4, else 0.
  package var padding: Int
}
