package import Engine
package import VolumeActivation

/// What is known of a MAK's activations, as journals keep it; the names of its properties are the
/// names on disk.
package struct StoredMAK: Hashable, Codable, Sendable {
  package var left: Int
  package var proved: Bool
  /// The code that condemned the key; missing while it is good.
  package var condemned: HRESULT?

  package init(_ purse: Purse) {
    left = purse.left
    proved = purse.proved
    condemned = purse.condemned
  }

  package var purse: Purse {
    var purse = Purse(left: left)
    purse.proved = proved
    purse.condemned = condemned
    return purse
  }
}

/// What is known of a way to a KMS host, as journals keep it; the names of its properties are the
/// names on disk.
package struct StoredPath: Hashable, Codable, Sendable {
  package var proved: Bool
  package var failures: Int
  package var refused: Bool

  package init(_ path: PathState) {
    proved = path.proved
    failures = path.failures
    refused = path.refused
  }

  package var state: PathState {
    var path = PathState()
    path.proved = proved
    path.failures = failures
    path.refused = refused
    return path
  }
}
