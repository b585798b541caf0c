/// Why no client setup key is chosen for a host.
package enum KeyChoiceError: Error, Hashable, Sendable {
  /// An evaluation edition takes no client setup key; it has to be converted first.
  case evaluation(EditionID)
  /// Azure Edition is activated by Azure, never by a KMS host of ours.
  case azureEdition(EditionID)
  /// Enterprise multi-session is activated by Azure Virtual Desktop.
  case multiSession(EditionID)
  /// Microsoft publishes no key for the edition, or none for this release of it.
  case noPublishedKey(EditionID, why: String)
  /// The edition has published keys, but none for machines of this build.
  case unknownBuild(Int, EditionID, known: [ClosedRange<Int>])
  /// Without the build the host may be any of these products.
  case buildNeeded(EditionID, products: [String])
  /// No record has an EditionID of this name.
  case unknownEdition(EditionID)
  /// The caption is not one that Muster knows; most likely it is localised.
  case unknownCaption(String)
  /// The caption fits products with different keys.
  case ambiguousCaption(String, products: [String])
  /// Neither EditionID with NT version nor a caption is known.
  case nothingToChooseBy
}

extension KeyChoiceError: CustomStringConvertible {
  /// What is wrong, and last what to do next.
  package var description: String {
    switch self {
    case .evaluation(let edition):
      """
      \(edition.rawValue) is an evaluation edition and takes no client setup key; convert the \
      edition first (on a server: DISM /Set-Edition)
      """
    case .azureEdition(let edition):
      "\(edition.rawValue) is Azure Edition, which Azure activates; leave it out"
    case .multiSession(let edition):
      """
      \(edition.rawValue) is Enterprise multi-session, which no on-premises KMS host activates; \
      leave it out
      """
    case .noPublishedKey(let edition, let why):
      "Microsoft publishes no client setup key for \(edition.rawValue): \(why)"
    case .unknownBuild(let build, let edition, let known):
      """
      no client setup key for \(edition.rawValue) is known for build \(build), only for \
      \(known.map(Self.text).joined(separator: ", ")); check the build, or wait for a release of \
      Muster that knows it
      """
    case .buildNeeded(let edition, let products):
      """
      \(edition.rawValue) may be \(products.joined(separator: " or ")) and the build is missing; \
      add the column `build`, or scan the host
      """
    case .unknownEdition(let edition):
      """
      no Windows edition is called \(edition.rawValue); check the column `editionId`, or scan the \
      host
      """
    case .unknownCaption(let caption):
      """
      the caption “\(caption)” names no edition that Muster knows, and captions are localised; \
      add the columns `editionId`, `ntVersion` and `build`, or scan the host
      """
    case .ambiguousCaption(let caption, let products):
      """
      the caption “\(caption)” may be \(products.joined(separator: " or ")); add the columns \
      `editionId`, `ntVersion` and `build`, or scan the host
      """
    case .nothingToChooseBy:
      "neither edition nor caption is known; add the columns `editionId` and `ntVersion`, or scan it"
    }
  }

  private static func text(_ builds: ClosedRange<Int>) -> String {
    if builds.upperBound == Int.max { return "\(builds.lowerBound) and later" }
    if builds.lowerBound == builds.upperBound { return "\(builds.lowerBound)" }
    return "\(builds.lowerBound) to \(builds.upperBound)"
  }
}
