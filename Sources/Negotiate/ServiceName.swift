/// The service on a host that a ticket is for (its SPN).
///
/// Active Directory maps `HTTP/x` to the computer account unless somebody registered it on another
/// one, an IIS pool mostly; then `WSMAN` or `HOST` helps. There is no port in it. libkrb5 asks the
/// DNS for another name of the host unless `krb5.conf` says `dns_canonicalize_hostname = false`.
package struct ServiceName: Hashable, Sendable {
  package var service: Service
  /// As the operator gave it, fully qualified: Windows has no ticket for an address.
  package var host: String

  package init(_ service: Service = .http, host: String) {
    self.service = service
    self.host = host
  }

  package enum Service: String, CaseIterable, Sendable {
    case http = "HTTP"
    case wsman = "WSMAN"
    case host = "HOST"
  }
}

extension ServiceName: CustomStringConvertible {
  /// As Windows and `setspn` write it.
  package var description: String { "\(service.rawValue)/\(host)" }
}

extension ServiceName {
  /// As GSSAPI wants it.
  var hostBased: String { "\(service.rawValue)@\(host)" }
}
