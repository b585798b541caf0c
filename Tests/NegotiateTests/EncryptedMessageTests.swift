import Negotiate
import Randomness
import Testing

@Suite struct EncryptedMessageTests {
  private let contentType =
    "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
    + "boundary=\"Encrypted Boundary\""

  @Test func `a frame looks as the specification writes it`() {
    let message = EncryptedMessage(
      scheme: .negotiate, signature: Array("SIGN".utf8), sealed: Array("sealed".utf8))
    #expect(message.contentType == contentType)
    #expect(
      String(decoding: message.body, as: UTF8.self)
        == "--Encrypted Boundary\r\n"
        + "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
        + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=6\r\n"
        + "--Encrypted Boundary\r\n"
        + "\tContent-Type: application/octet-stream\r\n"
        + "\u{4}\0\0\0SIGNsealed--Encrypted Boundary--\r\n")
  }

  @Test(arguments: UInt64(0)..<300)
  func `what is framed is read again, whatever is in it`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var sealed = generator.octets(below: 3000)
    // Sealed octets may say anything, a boundary too.
    if seed.isMultiple(of: 3) {
      let place = Int.random(in: 0...sealed.count, using: &generator)
      sealed.insert(contentsOf: "--Encrypted Boundary--\r\n".utf8, at: place)
    }
    let message = EncryptedMessage(
      scheme: seed.isMultiple(of: 2) ? .negotiate : .kerberos,
      signature: generator.octets(below: 80), sealed: sealed)
    #expect(
      try EncryptedMessage(body: message.body, contentType: message.contentType) == message)
  }

  @Test(arguments: [
    // OMI: no tabs, a line more at the end.
    "--Encrypted Boundary\r\nContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
      + "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=2\r\n"
      + "--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n"
      + "\u{1}\0\0\0Sab--Encrypted Boundary--\r\n\r\n",
    // Exchange: a blank before the boundary's name.
    "-- Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
      + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=2\r\n"
      + "-- Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n"
      + "\u{1}\0\0\0Sab-- Encrypted Boundary--\r\n",
    "--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
      + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=2\r\n"
      + "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n"
      + "\u{1}\0\0\0Sab--Encrypted Boundary--",
  ])
  func `the frames of other servers are read`(body: String) throws {
    let message = try EncryptedMessage(body: Array(body.utf8), contentType: contentType)
    #expect(message.signature == Array("S".utf8))
    #expect(message.sealed == Array("ab".utf8))
  }

  @Test func `the boundary is the one that the header names`() throws {
    let message = EncryptedMessage(scheme: .negotiate, signature: [1], sealed: [2])
    let body = String(decoding: message.body, as: UTF8.self)
      .replacing("Encrypted Boundary", with: "x-42")
    let header =
      "Multipart/Encrypted; boundary=x-42; protocol=\"application/HTTP-SPNEGO-session-encrypted\""
    #expect(try EncryptedMessage(body: Array(body.utf8), contentType: header) == message)
    #expect(throws: EncryptedMessageError.malformed) {
      try EncryptedMessage(body: Array(body.utf8), contentType: contentType)
    }
  }

  @Test(arguments: [
    ("application/soap+xml;charset=UTF-8", EncryptedMessageError.notEncrypted),
    ("", .notEncrypted),
    ("multipart/encrypted", .malformed),
    ("multipart/encrypted;boundary=\"\"", .malformed),
    ("multipart/encrypted;boundary", .malformed),
    (
      "multipart/encrypted;boundary=b;protocol=\"application/HTTP-CredSSP-session-encrypted\"",
      .unknownScheme("application/HTTP-CredSSP-session-encrypted")
    ),
    ("multipart/encrypted;boundary=b", .unknownScheme("")),
  ])
  func `a header that announces something else is refused`(
    header: String, error: EncryptedMessageError
  ) {
    let message = EncryptedMessage(scheme: .negotiate, signature: [1], sealed: [2])
    #expect(throws: error) {
      try EncryptedMessage(body: message.body, contentType: header)
    }
  }

  @Test func `a scheme that is not named is said in words`() {
    let error = EncryptedMessageError.unknownScheme("")
    #expect("\(error)" == "the sealed message does not say by what scheme it is sealed")
  }

  @Test(arguments: [
    ("Length=6", "Length=5", EncryptedMessageError.wrongLength),
    ("Length=6", "Length=7", .wrongLength),
    ("Length=6", "Length=9223372036854775807", .wrongLength),
    ("Length=6", "Length=99999999999999999999", .noLength),
    ("Length=6", "Length=-6", .noLength),
    (";Length=6", "", .noLength),
    ("\u{4}\0\0\0", "\u{5}\0\0\0", .wrongLength),
    ("\u{4}\0\0\0", "\u{7F}\u{7F}\u{7F}\u{7F}", .wrongLength),
    ("sealed", "", .wrongLength),
    ("Boundary--\r\n", "Boundary--\r\nmore", .malformed),
    ("octet-stream", "xml", .malformed),
    ("SPNEGO", "Kerberos", .unknownScheme("application/HTTP-Kerberos-session-encrypted")),
  ])
  func `a frame that lies is refused`(old: String, new: String, error: EncryptedMessageError) {
    let message = EncryptedMessage(
      scheme: .negotiate, signature: Array("SIGN".utf8), sealed: Array("sealed".utf8))
    let body = String(decoding: message.body, as: UTF8.self).replacing(old, with: new)
    #expect(throws: error) {
      try EncryptedMessage(body: Array(body.utf8), contentType: contentType)
    }
  }

  @Test func `ten thousand mutated frames are each refused or read right`() throws {
    var pair = try Pair(Fixture.credential(for: .kerberos), keys: Fixture.keys)
    let text = Array("<s:Envelope><s:Body/></s:Envelope>".utf8)
    var outcomes = (read: 0, refused: 0)
    for seed in UInt64(0)..<10_000 {
      var generator = SplitMix64(seed: seed)
      let sealed = try pair.client.seal(text)
      let message = EncryptedMessage(
        scheme: .negotiate, signature: sealed.signature, sealed: sealed.sealed)
      let body = generator.mutate(message.body)
      do {
        let read = try EncryptedMessage(body: body, contentType: message.contentType)
        let plain = try pair.host.unseal(signature: read.signature, sealed: read.sealed)
        #expect(plain == text, "seed \(seed)")
        outcomes.read += 1
      } catch {
        #expect(error is EncryptedMessageError || error is NegotiateError)
        outcomes.refused += 1
        // The connection is closed after an error; here its count goes on.
        _ = try? pair.host.unseal(signature: sealed.signature, sealed: sealed.sealed)
      }
    }
    #expect(outcomes.read > 100 && outcomes.refused > 5000)
  }
}
