/// Why a reply gives no result.
package enum ReplyError: Error, Hashable {
  case xml(XMLError)
  /// It answers another request, or none; what it says is not used.
  case unrelated
  /// It is not what answers such a request.
  case unexpected(Part)
  case value(CIMValueError)
  case fault(WSManFault)

  package enum Part: String, Hashable, Sendable {
    case envelope = "it is no SOAP envelope"
    case body = "its body has not one element"
    case instance = "it holds no instance"
    case page = "it holds no page of an enumeration"
    case ending = "it says neither that the enumeration goes on nor that it is over"
    case release = "it does not confirm the release"
    case result = "it holds no ReturnValue"
    case identity = "it does not say what answers"
  }
}

extension ReplyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .xml(let error): error.description
    case .unrelated: "the reply answers another request"
    case .unexpected(let part): "the reply is of no use: \(part.rawValue)"
    case .value(let error): error.description
    case .fault(let fault): fault.description
    }
  }
}
