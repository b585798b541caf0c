/// What a method that ran gave out.
package struct MethodResult: Sendable {
  /// 0 is success.
  package var returnValue: UInt32
  /// The out parameters, `ReturnValue` among them.
  package var output: CIMInstance
}
