import Background
import Foundation
import Negotiate
import SimulatedFleet
import TestRealm
import Testing
import VolumeActivation

/// That others can drive a door shows that it is WinRM and no dialect of ours.
@Suite struct ForeignClientTests {
  @Test(arguments: ForeignClient.allCases, Mechanism.allCases)
  func `somebody else's client migrates a machine`(
    client: ForeignClient, mechanism: Mechanism
  ) async throws {
    try await ServedOffice.open { office in
      let (auth, user) =
        switch mechanism {
        case .kerberos: ("kerberos", "alice@\(TestRealm.name)")
        case .ntlm: ("ntlm", "MUSTER\\bob")
        }
      let tickets = try TestRealm.shared.logOn("alice")
      let key = try ServedOffice.clientSetupKey().reveal { $0 }
      let said = try await Background.wait {
        try client.migrate(
          TestRealm.host, port: office.port, by: auth, as: user, key: key,
          to: ServedOffice.kmsHost.name.rawValue, tickets: tickets)
      }
      #expect(said.before.PartialProductKey == "B7B7B")
      #expect(said.before.Description.contains("VOLUME_MAK"))
      #expect(said.after.PartialProductKey == "2YT43")
      #expect(said.after.Description.contains("VOLUME_KMSCLIENT"))
      #expect(said.after.LicenseStatus == "1")
      #expect(said.systems.count == 1)
      #expect(said.everything > 1)
      #expect(said.service["ClientMachineID"] != nil)
      #expect(try office.deeds() == [.installKey, .setKMS, .activate])
    }
  }
}
