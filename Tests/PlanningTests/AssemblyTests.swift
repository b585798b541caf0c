import Planning
import Testing

struct AssemblyTests {
  private struct Stop: Error {}

  @Test(arguments: [1, 2, 16], [0, 1, 5, 3000])
  func `pieces are taken in their order, whichever thread is late`(workers: Int, count: Int) {
    let assembly = Assembly(of: count, by: [Int](), workers: workers) { maker, piece in
      // Pieces are not equally hard.
      maker = Array(repeating: piece, count: 1 + piece &* 7919 % 4096)
    }
    var taken: [Int] = []
    assembly.take { taken.append($0[0]) }
    #expect(taken == Array(0..<count))
  }

  @Test func `who takes them may stop`() {
    let assembly = Assembly(of: 1000, by: 0, workers: 4) { maker, piece in maker = piece }
    var taken = 0
    #expect(throws: Stop.self) {
      try assembly.take { piece in
        taken = piece
        if piece == 500 { throw Stop() }
      }
    }
    #expect(taken == 500)
  }
}
