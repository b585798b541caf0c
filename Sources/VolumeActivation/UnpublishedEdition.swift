/// Editions that Microsoft's article on client setup keys leaves out, with what to do about them.
///
/// Source: gvlk.json, `noKeyInMicrosoftDocs`.
enum UnpublishedEdition {
  case home, cloud, iot, ultimate, storage, multiPoint, azureCore, annualChannel

  /// Tells by its name; nil for an edition that this list does not have.
  init?(_ edition: EditionID) {
    switch edition.rawValue.lowercased() {
    case "core", "coren", "coresinglelanguage", "corecountryspecific": self = .home
    case "cloud", "cloudn", "cloudedition", "cloudeditionn": self = .cloud
    case "iotenterprise", "iotenterprisek": self = .iot
    case "ultimate", "ultimaten", "ultimatee", "homebasic", "homebasicn", "homebasice",
      "homepremium", "homepremiumn", "homepremiume", "starter", "startern", "startere":
      self = .ultimate
    case let name where name.hasPrefix("serverstorage"): self = .storage
    case let name where name.hasPrefix("servermultipoint"): self = .multiPoint
    case let name where name.hasPrefix("serverazure"): self = .azureCore
    default: return nil
    }
  }

  /// Why there is none, and what to do next.
  var why: String {
    switch self {
    case .home: "Home editions take no volume licence; leave it out, or upgrade the edition"
    case .cloud: "SE editions take no volume licence; leave it out"
    case .iot: "of the IoT editions only LTSC has one; leave it as it is"
    case .ultimate:
      "Ultimate, Home and Starter take no volume licence; leave it out, or upgrade the edition"
    case .storage: "Storage editions come with the device; leave it as it is"
    case .multiPoint: "of MultiPoint Server only 2012 has one; keep its MAK"
    case .azureCore: "Azure activates it; leave it out"
    case .annualChannel:
      "the annual channel (23H2) has none; keep its MAK, or move to a long-term release"
    }
  }
}
