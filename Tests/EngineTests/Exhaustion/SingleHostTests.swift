import Testing

@Suite struct SingleHostTests {
  @Test func `no promise is broken in any state of one host`() {
    let walk = Walk(from: SingleHost(SingleHost.Setting()), limit: 2_000_000)
    print(walk)
    #expect(walk.broken.isEmpty)
    #expect(walk.stuck == nil)
  }
}
