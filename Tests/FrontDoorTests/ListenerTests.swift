import FrontDoor
import Testing
import VolumeActivation
import WSMan

@Suite struct ListenerTests {
  @Test func `a place that is taken is named with the reason`() async throws {
    let door = FrontDoor(NobodyHome(), DoorTerms(keys: nil))
    try await door.serve([FrontDoor.Listener()]) { ports in
      let taken = FrontDoor.Listener(port: ports[0])
      await #expect(
        throws: ListenerError.refused("127.0.0.1", ports[0], "Address already in use")
      ) {
        try await door.serve([FrontDoor.Listener(), taken]) { _ in }
      }
    }
  }

  @Test func `nobody listens for other machines`() async {
    let door = FrontDoor(NobodyHome(), DoorTerms(keys: nil))
    await #expect(throws: ListenerError.notLoopback("0.0.0.0")) {
      try await door.serve([FrontDoor.Listener(address: "0.0.0.0")]) { _ in }
    }
  }
}

/// Answers for no host.
private struct NobodyHome: Respondent {
  func reach(_ host: HostName) async -> Reach { .silent }

  func respond(to incoming: Incoming, on host: HostName) async -> Response { .silence }
}
