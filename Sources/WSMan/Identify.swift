/// The question whether somebody is WinRM at all, and which version.
package enum Identify {
  /// The same for every host.
  package static let request = Array(
    """
    <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
    xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">\
    <s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>
    """.utf8)
}
