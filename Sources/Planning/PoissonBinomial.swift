/// The chance that at least `count` of independent hosts succeed, each with a chance of its own.
///
/// - Parameters:
///   - count: How many are needed; 0 or less is certain.
///   - chances: One for each host, between 0 and 1, in any order.
/// - Returns: The upper tail of a Poisson-binomial distribution, exactly: only non-negative terms
///   are added, so that nothing cancels.
/// - Complexity: O(hosts × count).
package func chance(count: Int, chances: [Double]) -> Double {
  guard count > 0 else { return 1 }
  guard count <= chances.count else { return 0 }
  // exactly[n]: the chance that n of the hosts so far succeeded; `enough` holds the rest.
  var exactly = [Double](repeating: 0, count: count)
  var enough = 0.0
  exactly[0] = 1
  for (seen, chance) in chances.enumerated() {
    precondition((0...1).contains(chance), "a chance lies between 0 and 1")
    let top = min(seen, count - 1)
    if top == count - 1 { enough += exactly[top] * chance }
    if top + 1 < count { exactly[top + 1] = exactly[top] * chance }
    for n in stride(from: top, through: 1, by: -1) {
      exactly[n] = exactly[n] * (1 - chance) + exactly[n - 1] * chance
    }
    exactly[0] *= 1 - chance
  }
  return min(1, enough)
}
