import FrontDoor
import Synchronization
import VolumeActivation
import WSMan

/// Stands between the door and the fleet, and lets through what a test says, as long as it says so.
final class Gatekeeper: Respondent {
  /// What somebody wants of a host.
  enum Errand: Hashable {
    case look
    case setKMS, installKey, activate, deposit
  }

  /// What becomes of it.
  enum Fate: Hashable {
    case through
    /// The provider refuses, and does nothing.
    case refused(HRESULT)
    /// It is not done, and nothing is answered.
    case lostBefore
    /// It is done, and nothing is answered.
    case lostAfter
    /// It waits until another rule lets it through, or not.
    case kept
  }

  typealias Rule = @Sendable (_ host: String, Errand) -> Fate

  private let windows = Mutex<(any Respondent)?>(nil)
  private let rule = Mutex<Rule>({ _, _ in .through })

  /// Takes its place, before anybody comes.
  func stand(before windows: any Respondent) { self.windows.withLock { $0 = windows } }

  /// Puts somebody else between itself and the fleet.
  func replace(_ body: (any Respondent) -> any Respondent) {
    windows.withLock { $0 = $0.map(body) }
  }

  /// Has another rule from now on, also for those who are kept.
  func obey(_ new: @escaping Rule) { rule.withLock { $0 = new } }

  func openUp() { obey { _, _ in .through } }

  func reach(_ host: HostName) async -> Reach {
    await windows.withLock { $0 }?.reach(host) ?? .silent
  }

  func respond(to incoming: Incoming, on host: HostName) async -> Response {
    guard let windows = windows.withLock({ $0 }) else { return .silence }
    guard case .request(let request) = incoming else {
      return await windows.respond(to: incoming, on: host)
    }
    switch await fate(of: Errand(request.operation), on: host) {
    case .through: return await windows.respond(to: incoming, on: host)
    case .lostAfter:
      _ = await windows.respond(to: incoming, on: host)
      return .silence
    case .lostBefore, .kept: return .silence
    case .refused(let code):
      let fault = WSManFault(
        .receiver, .internalError, reason: "the provider failed", codes: [code.rawValue])
      return .answer(Answer(.fault(fault, .management), to: request.message))
    }
  }

  /// Waits while the rule keeps the errand; its client may give up meanwhile.
  private func fate(of errand: Errand, on host: HostName) async -> Fate {
    while true {
      let fate = rule.withLock { $0 }(host.rawValue, errand)
      guard fate == .kept else { return fate }
      do { try await Task.sleep(for: .milliseconds(5)) } catch { return .kept }
    }
  }
}

extension Gatekeeper.Errand {
  fileprivate init(_ operation: WSMan.Operation) {
    switch operation {
    case .get, .enumerate, .pull, .release: self = .look
    case .invoke(let method, of: _, _):
      switch method.rawValue {
      case "InstallProductKey": self = .installKey
      case "Activate": self = .activate
      case "DepositOfflineConfirmationId": self = .deposit
      case let name where name.contains("KeyManagementService"): self = .setKMS
      default: self = .look
      }
    }
  }
}
