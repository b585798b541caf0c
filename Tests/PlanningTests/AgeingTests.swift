import Foundation
import Planning
import Testing

struct AgeingTests {
  @Test func `twenty loose records lose one in nine hours more often than one would think`() {
    // PLANNING.md, section 2.4.
    let ageing = Ageing(records: 20, hours: 9)
    #expect((ageing.chance(atLeast: 1) * 100).rounded() == 22)
    #expect((ageing.chance(atLeast: 2) * 1000).rounded() == 26)
  }

  @Test(arguments: [1.0, 100, 359, 361, 600, 719, 719.999])
  func `it is a binomial distribution`(hours: Double) {
    for records in [1, 2, 10, 50] {
      let share = hours / 720
      let ageing = Ageing(records: records, hours: hours)
      var sum = 0.0
      for count in 0...records {
        let ways =
          lgamma(Double(records) + 1) - lgamma(Double(count) + 1)
          - lgamma(Double(records - count) + 1)
        sum += exp(ways) * pow(share, Double(count)) * pow(1 - share, Double(records - count))
        #expect(abs(ageing.chance(atMost: count) - sum) < 1e-12)
      }
    }
  }

  @Test func `no records or no time lose nothing, and 30 days lose all`() {
    #expect(Ageing(records: 0, hours: 9).chance(atMost: 0) == 1)
    #expect(Ageing(records: 9, hours: 0).chance(atMost: 0) == 1)
    #expect(Ageing(records: 9, hours: 720).chance(atLeast: 9) == 1)
    #expect(Ageing(records: 9, hours: 9000).chance(atMost: 8) == 0)
    #expect(Ageing(records: 9, hours: 9).chance(atLeast: 10) == 0)
  }
}
