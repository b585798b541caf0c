/// What a column's values must be, in the words of an error.
struct ColumnRule {
  /// Follows the value: "is not a GUID".
  var problem: String
  /// What to do, as a sentence without its full stop.
  var remedy: String

  init(_ column: InventoryColumn) {
    switch column {
    case .build: self.init("is no build number", "Give Windows' build, such as 19045")
    case .ntVersion:
      self.init(
        "is no NT version that KMS knows",
        "Give 6.0, 6.1, 6.2, 6.3 or 10.0, with or without a build")
    case .productType:
      self.init("is no product type", "Give 1 workstation, 2 domain controller or 3 server")
    case .channel:
      self.init(
        "is no channel",
        "Give mak, kmsClient, retail, oem, kmsHost, evaluation, avma, subscription or none")
    case .partialProductKey:
      self.init(
        "is not the last five characters of a product key",
        "Give those five only, and take whole keys out of the file")
    case .licenseStatus:
      self.init(
        "is no licence status",
        "Give 0 unlicensed, 1 licensed, 2 initial, 3 additional or 4 non-genuine grace, "
          + "5 notification or 6 extended grace")
    case .graceMinutes:
      self.init("is no number of minutes", "Give GracePeriodRemaining as Windows shows it")
    case .clientMachineId:
      self.init(
        "is not a GUID", "Give ClientMachineID as 8-4-4-4-12 hexadecimal digits, or nothing")
    case .uuid:
      self.init("is not a GUID", "Give the UUID as 8-4-4-4-12 hexadecimal digits, or nothing")
    case .kmsHost: self.init("is no KMS host", "Give its name, or name:port")
    case .activationType:
      self.init("is no way of activation", "Give 0 none, 1 ad, 2 kms or 3 token")
    case .installationId:
      self.init("is no installation ID", "Give its 54 to 63 digits, or nothing")
    case .confirmationId:
      self.init("is no confirmation ID", "Give its 42 to 48 digits, or nothing")
    case .lastSeen:
      self.init(
        "is no date that can be read without doubt",
        "Write 2026-11-24, 2026-11-24T08:15:00Z or 24.11.2026")
    case .roaming: self.init("is neither yes nor no", "Write true or false")
    case .criticality:
      self.init("is no criticality", "Give low, normal, high or critical")
    case .licenseIsAddon: self.init("is neither yes nor no", "Write true or false")
    case .name, .site, .osCaption, .editionId, .domain, .group, .tags, .scanError,
      .applicationId:
      self.init("stands where none belongs", "Take whole keys out of the file")
    }
  }

  private init(_ problem: String, _ remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }
}
