import Testing
import VolumeActivation

@Suite struct HostNameTests {
  @Test(arguments: ["WS-01.Corp.Example.", "ws_01", "münchen-01.corp.example", "10.0.0.7"])
  func `a name of DNS or NetBIOS is one, whatever its letters`(text: String) {
    #expect(HostName(text) != nil)
  }

  @Test(arguments: [
    "", ".", "ws 01", "ws\u{1B}[2J", "ws\u{9B}2J", "ws\u{202E}10-sw", "ws\u{2028}01", "ws\n01",
    String(repeating: "a", count: 254),
  ])
  func `what a terminal would obey is in no name`(text: String) {
    #expect(HostName(text) == nil)
  }
}
