extension ClientSetupKeys {
  /// Chooses by the English caption, such as `Microsoft Windows 7 Professional`: the last resort.
  ///
  /// What else is known narrows the choice and is never overruled. Products that share one key are
  /// no ambiguity where one host-key table row covers both.
  func choose(
    caption: String, kind: ProductKind?, version: NTVersion?, build: Int?, edition: EditionID?
  ) throws(KeyChoiceError) -> ClientSetupKey {
    let words = Self.words(of: caption)
    if words.contains("evaluation") { throw .evaluation(EditionID(rawValue: caption)) }
    if words.contains("multi-session") || words.contains("virtual") && words.contains("desktops") {
      throw .multiSession(EditionID(rawValue: caption))
    }
    if words.contains("azure") { throw .azureEdition(EditionID(rawValue: caption)) }
    let wanted = words.joined(separator: " ")
    let named = records.filter { $0.isChoosable && $0.captions.contains(wanted) }
    guard !named.isEmpty else { throw .unknownCaption(caption) }
    let fitting = named.filter { record in
      (kind == nil || record.kind == kind) && (version == nil || record.version == version)
        && (build.map(record.covers) ?? true)
        && (edition.map { $0.rawValue.lowercased() == record.edition.rawValue.lowercased() } ?? true)
    }
    guard let first = fitting.first else {
      throw .ambiguousCaption(caption, products: named.map(\.product))
    }
    guard
      fitting.allSatisfy({
        $0.key.partial == first.key.partial && $0.hostKeys == first.hostKeys
      })
    else { throw .ambiguousCaption(caption, products: fitting.map(\.product)) }
    return first
  }

  /// The caption in lower case without makers' marks and what else does not tell editions apart.
  static func words(of caption: String) -> [String] {
    let plain = caption.lowercased().filter { !"®™,:".contains($0) }
      .replacing("(r)", with: "").replacing("(tm)", with: "")
    return plain.split { $0.isWhitespace || $0 == "\u{A0}" }.map(String.init)
      .filter { $0 != "microsoft" }
  }
}

extension ClientSetupKey {
  /// The captions that Windows gives the edition, in the form of `ClientSetupKeys.words(of:)`.
  fileprivate var captions: [String] {
    let release = ClientSetupKeys.words(of: product)
    let name = ClientSetupKeys.words(of: editionName)
    var forms = [release + name]
    // “Windows 10 Enterprise LTSC” and “Windows 10 Enterprise 2016 LTSB” carry the year elsewhere
    // than the product's name does.
    if let branch = release.firstIndex(where: { $0 == "ltsc" || $0 == "ltsb" }) {
      let plain = Array(release[..<branch]).filter { $0 != "iot" && $0 != "enterprise" }
      let year = Array(release[(branch + 1)...])
      forms.append(plain + name)
      forms.append(plain + name + year)
      forms.append(plain + name.dropLast() + year + name.suffix(1))
    }
    return forms.flatMap { words in
      // Releases before 10 say Professional where the article says Pro.
      [words, words.map { $0 == "pro" ? "professional" : $0 }].map { $0.joined(separator: " ") }
    }
  }
}
