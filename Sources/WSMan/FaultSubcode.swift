/// What kind of fault it is: the name behind the prefix.
package struct FaultSubcode: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
}

extension FaultSubcode {
  package static let accessDenied = FaultSubcode(rawValue: "AccessDenied")
  package static let actionNotSupported = FaultSubcode(rawValue: "ActionNotSupported")
  package static let cannotProcessFilter = FaultSubcode(rawValue: "CannotProcessFilter")
  package static let destinationUnreachable = FaultSubcode(rawValue: "DestinationUnreachable")
  package static let encodingLimit = FaultSubcode(rawValue: "EncodingLimit")
  package static let filterDialectUnavailable = FaultSubcode(
    rawValue: "FilterDialectRequestedUnavailable")
  package static let internalError = FaultSubcode(rawValue: "InternalError")
  package static let invalidEnumerationContext = FaultSubcode(
    rawValue: "InvalidEnumerationContext")
  package static let invalidParameter = FaultSubcode(rawValue: "InvalidParameter")
  package static let invalidSelectors = FaultSubcode(rawValue: "InvalidSelectors")
  package static let messageHeaderRequired = FaultSubcode(
    rawValue: "MessageInformationHeaderRequired")
  package static let quotaLimit = FaultSubcode(rawValue: "QuotaLimit")
  package static let schemaValidationError = FaultSubcode(rawValue: "SchemaValidationError")
  package static let timedOut = FaultSubcode(rawValue: "TimedOut")
  package static let unsupportedFeature = FaultSubcode(rawValue: "UnsupportedFeature")

  /// The prefix of the namespace that defines it, as envelopes here declare them.
  var prefix: StaticString {
    switch self {
    case .actionNotSupported, .destinationUnreachable, .messageHeaderRequired: "a:"
    case .cannotProcessFilter, .filterDialectUnavailable, .invalidEnumerationContext: "n:"
    default: "w:"
    }
  }
}
