import Planning
import Testing
import VolumeActivation

struct BarrierTests {
  private func barrier(
    confirmed: Int, inFlight: Int = 0, clientInFlight: Bool = false, small: Bool = false,
    clients: Bool = true
  ) -> Barrier {
    Barrier(
      confirmed: confirmed, inFlight: inFlight, clientInFlight: clientInFlight,
      memoryIsSmall: small, clientsTakePart: clients)
  }

  @Test func `a host promised not exposed waits for the confirmed count`() {
    #expect(!barrier(confirmed: 3, inFlight: 9).lets(.server, exposed: false))
    #expect(barrier(confirmed: 4).lets(.server, exposed: false))
    #expect(!barrier(confirmed: 23, inFlight: 9).lets(.client, exposed: false))
    #expect(barrier(confirmed: 24).lets(.client, exposed: false))
  }

  @Test func `hosts that are exposed anyway fly together`() {
    #expect(barrier(confirmed: 0, inFlight: 30).lets(.client, exposed: true))
    #expect(barrier(confirmed: 0, inFlight: 3).lets(.server, exposed: true))
  }

  @Test func `a small memory is never overrun, and the first client flies alone`() {
    #expect(barrier(confirmed: 6, inFlight: 3, small: true).lets(.server, exposed: false))
    #expect(!barrier(confirmed: 6, inFlight: 4, small: true).lets(.server, exposed: false))
    #expect(!barrier(confirmed: 10, inFlight: 1, small: true).lets(.client, exposed: true))
    #expect(barrier(confirmed: 10, small: true).lets(.client, exposed: true))
    #expect(
      !barrier(confirmed: 8, inFlight: 1, clientInFlight: true, small: true)
        .lets(.server, exposed: false))
  }

  @Test func `without clients nothing is lost by overwriting`() {
    #expect(
      barrier(confirmed: 10, inFlight: 40, small: true, clients: false)
        .lets(.server, exposed: false))
  }
}
