import CGSSAPI

/// What libkrb5 may complain about, as far as an operator can do something about it.
enum KerberosFailure: CaseIterable {
  case wrongPassword
  case unknownUser
  case accountDisabled
  case passwordExpired
  case noTicket
  case ticketExpired
  case unknownService
  case wrongServiceKey
  case clockSkew
  case kdcUnreachable

  /// The codes of libkrb5.
  var codes: [Int] {
    switch self {
    case .wrongPassword: [KRB5KDC_ERR_PREAUTH_FAILED]
    case .unknownUser: [KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN]
    case .accountDisabled: [KRB5KDC_ERR_CLIENT_REVOKED, KRB5KDC_ERR_NAME_EXP]
    case .passwordExpired: [KRB5KDC_ERR_KEY_EXP]
    case .noTicket: [KRB5_FCC_NOFILE, KRB5_CC_NOTFOUND]
    case .ticketExpired: [KRB5KRB_AP_ERR_TKT_EXPIRED]
    case .unknownService: [KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN]
    case .wrongServiceKey:
      [KRB5KRB_AP_ERR_MODIFIED, KRB5KRB_AP_ERR_BADKEYVER, KRB5KRB_AP_ERR_BAD_INTEGRITY]
    case .clockSkew: [KRB5KRB_AP_ERR_SKEW, KRB5KRB_AP_ERR_TKT_NYV, KRB5_KDCREP_SKEW]
    case .kdcUnreachable: [KRB5_KDC_UNREACH, KRB5_REALM_CANT_RESOLVE, KRB5_REALM_UNKNOWN]
    }
  }

  init?(code: krb5_error_code) {
    guard let failure = Self.allCases.first(where: { $0.codes.contains(Int(code)) }) else {
      return nil
    }
    self = failure
  }

  /// Finds it in what GSSAPI says: below SPNEGO the mechglue replaces the codes by made-up numbers.
  init?(text: String) {
    guard let library = try? KerberosLibrary() else { return nil }
    // libkrb5 puts these words in place of the code's own where the key has the right number.
    if text.contains("cannot decrypt ticket") {
      self = .wrongServiceKey
      return
    }
    let found = Self.allCases.first { failure in
      failure.codes.contains { text.contains(library.message(krb5_error_code($0))) }
    }
    guard let found else { return nil }
    self = found
  }

  func error(_ circumstances: Circumstances, _ text: String) -> NegotiateError {
    switch self {
    case .wrongPassword: .wrongPassword(user: circumstances.user)
    case .unknownUser: .unknownUser(circumstances.user)
    case .accountDisabled: .accountDisabled(user: circumstances.user)
    case .passwordExpired: .passwordExpired(user: circumstances.user)
    case .noTicket: .noTicket(circumstances.cache)
    case .ticketExpired: .ticketExpired
    case .unknownService: circumstances.service.map { .unknownService($0) } ?? .other(text)
    case .wrongServiceKey: .wrongServiceKey
    case .clockSkew: .clockSkew
    case .kdcUnreachable: .kdcUnreachable(text)
    }
  }
}
