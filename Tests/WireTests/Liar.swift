import FrontDoor
import VolumeActivation
import WSMan

/// A fleet that has been taken over: in every text of its own it speaks to whoever reads it.
struct Liar: Respondent {
  /// Ends the line, colours the next one, turns the direction of writing, and begins a formula.
  static let words =
    "=cmd|' /C calc'!A0\u{9B}31m\u{202E}\u{2028}\u{85}\u{9D}0;title\u{9C}\nmuster: all is well\r"

  var windows: any Respondent
  /// Whether it answers questions; else there is nothing but faults.
  var answers: Bool

  func reach(_ host: HostName) async -> Reach { await windows.reach(host) }

  func respond(to incoming: Incoming, on host: HostName) async -> Response {
    guard case .request(let request) = incoming, !host.rawValue.hasPrefix("kms") else {
      return await windows.respond(to: incoming, on: host)
    }
    guard answers else {
      let fault = WSManFault(
        .receiver, .internalError, reason: MaskedText(Self.words.utf8),
        message: MaskedText(Self.words.utf8))
      return .answer(Answer(.fault(fault, .management), to: request.message))
    }
    guard case .answer(var answer) = await windows.respond(to: incoming, on: host) else {
      return .silence
    }
    guard case .page(var page) = answer.body else { return .answer(answer) }
    page.rows = page.rows.map(Self.twisted)
    answer.body = .page(page)
    return .answer(answer)
  }

  private static let twistable: Set<String> = [
    "LicenseFamily", "Description", "UUID", "OfflineInstallationId",
    "KeyManagementServiceMachine", "DiscoveredKeyManagementServiceMachineName",
    "PartialProductKey", "ClientMachineID",
  ]

  private static func twisted(_ row: CIMObject) -> CIMObject {
    CIMObject(
      row.properties.map { property in
        twistable.contains(property.name.rawValue)
          ? CIMObject.Property(property.name, .string(words)) : property
      })
  }
}
