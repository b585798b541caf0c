/// What a message says that it is.
enum Action {
  static let get: StaticString = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"
  static let enumerate: StaticString =
    "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate"
  static let pull: StaticString = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull"
  static let release: StaticString = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Release"
  static let fault: StaticString = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
  static let anonymous: StaticString =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
  static let wql: StaticString = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
}
