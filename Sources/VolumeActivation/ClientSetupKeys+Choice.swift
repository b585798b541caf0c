extension ClientSetupKeys {
  /// Chooses by what Windows itself tells editions apart by.
  ///
  /// Records that are flagged are never chosen.
  ///
  /// - `build`: nil when it is not known, which is enough where the NT version decides.
  /// - Complexity: one look-up in a dictionary, and a scan of the edition's few records.
  package func choose(
    kind: ProductKind, version: NTVersion, build: Int?, edition: EditionID
  ) throws(KeyChoiceError) -> ClientSetupKey {
    if let build {
      for index in indices(of: edition)
      where records[index].kind == kind && records[index].version == version
        && records[index].isChoosable && records[index].covers(build: build)
      {
        return records[index]
      }
    }
    return try chooseInFull(kind: kind, version: version, build: build, edition: edition)
  }

  /// The rule in full, with the reason where there is no key.
  private func chooseInFull(
    kind: ProductKind, version: NTVersion, build: Int?, edition: EditionID
  ) throws(KeyChoiceError) -> ClientSetupKey {
    try Self.refuse(edition)
    var releases = indices(of: edition).filter { records[$0].isChoosable }
    if releases.isEmpty {
      releases = indices(of: Self.withoutCoreSuffix(edition)).filter { records[$0].isChoosable }
    }
    if releases.isEmpty {
      if let unpublished = UnpublishedEdition(edition) {
        throw .noPublishedKey(edition, why: unpublished.why)
      }
      throw .unknownEdition(edition)
    }
    let candidates = releases.filter {
      records[$0].kind == kind && records[$0].version == version
    }
    guard let first = candidates.first else {
      if let unpublished = UnpublishedEdition(edition) {
        throw .noPublishedKey(edition, why: unpublished.why)
      }
      throw .noPublishedKey(
        edition,
        why: "none for a \(kind) of Windows version \(version); check both, or keep its key")
    }
    guard let build else {
      if candidates.count == 1 { return records[first] }
      throw .buildNeeded(edition, products: candidates.map { records[$0].product })
    }
    guard let chosen = candidates.first(where: { records[$0].covers(build: build) }) else {
      if kind == .server, build == 25398 {
        throw .noPublishedKey(edition, why: UnpublishedEdition.annualChannel.why)
      }
      throw .unknownBuild(build, edition, known: candidates.compactMap { records[$0].builds })
    }
    return records[chosen]
  }

  /// Chooses by the identifiers, and by the caption only where they are missing or not enough.
  ///
  /// A refusal by complete identifiers stands: a caption never overrules them.
  ///
  /// - `kind`: nil is told from the EditionID.
  package func choose(
    kind: ProductKind?, version: NTVersion?, build: Int?, edition: EditionID?, caption: String?
  ) throws(KeyChoiceError) -> KeyChoice {
    if let edition { try Self.refuse(edition) }
    if let edition, let version {
      do throws(KeyChoiceError) {
        let record = try choose(
          kind: kind ?? edition.impliedKind, version: version, build: build, edition: edition)
        return KeyChoice(record: record, basis: .identifiers)
      } catch .buildNeeded(_, _) where caption != nil {
        // The caption may tell what the missing build does not.
      }
    }
    guard let caption else {
      if let edition, let version {
        return KeyChoice(
          record: try choose(
            kind: kind ?? edition.impliedKind, version: version, build: build, edition: edition),
          basis: .identifiers)
      }
      throw .nothingToChooseBy
    }
    let record = try choose(
      caption: caption, kind: kind, version: version, build: build, edition: edition)
    return KeyChoice(record: record, basis: .caption)
  }

  /// Chooses for what a look at a host showed.
  package func choose(for state: HostState) throws(KeyChoiceError) -> ClientSetupKey {
    try choose(
      kind: state.kind, version: state.version, build: state.build, edition: state.edition)
  }

  /// Throws for the editions that no on-premises KMS host activates, whatever their release.
  static func refuse(_ edition: EditionID) throws(KeyChoiceError) {
    let name = edition.rawValue
    switch name {
    case "ServerRdsh": throw .multiSession(edition)
    case "ServerTurbine", "ServerTurbineCor": throw .azureEdition(edition)
    case _ where name.hasSuffix("Eval") || name.hasSuffix("EvalCor"): throw .evaluation(edition)
    default: break
    }
  }

  /// `ServerStandard` for `ServerStandardCore` and `ServerStandardCor`.
  ///
  /// A core installation has the edition's key: its SKU number stands in the same record.
  private static func withoutCoreSuffix(_ edition: EditionID) -> EditionID {
    let name = edition.rawValue
    guard name.hasPrefix("Server") else { return edition }
    if name.hasSuffix("Core") { return EditionID(rawValue: String(name.dropLast(4))) }
    if name.hasSuffix("Cor") { return EditionID(rawValue: String(name.dropLast(3))) }
    return edition
  }
}

extension EditionID {
  /// The kind that the name tells: `Server…` is a server, but for Enterprise multi-session.
  package var impliedKind: ProductKind {
    rawValue.hasPrefix("Server") && rawValue != "ServerRdsh" ? .server : .client
  }

  /// Whether it is an evaluation edition, which takes no client setup key.
  package var isEvaluation: Bool { rawValue.hasSuffix("Eval") || rawValue.hasSuffix("EvalCor") }
}
