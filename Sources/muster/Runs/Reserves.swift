import Planning
import VolumeActivation

/// Who could still raise the count of a KMS host that falls short, as far as its plan knows.
struct Reserves {
  /// Hosts of its later waves that raise the count.
  var later: [HostName]
  /// KMS clients of the plan's other KMS hosts: asked to renew here they are counted here, and stay
  /// licensed by their own.
  var borrowed: [HostName]

  init(of kmsHost: KMSHostID, in plan: Plan) {
    later = plan.hosts.filter { host in
      host.kmsHost == kmsHost && host.action == .migrate && host.raisesCount
        && plan.waves[Int(host.wave.rawValue)].kind == .rollout
    }.map(\.name)
    borrowed = plan.hosts.filter { $0.kmsHost != kmsHost && $0.action == .ask && $0.licensed }
      .map(\.name)
  }

  /// What a person can do about so many missing machines, a sentence each.
  func advice(for missing: Int) -> String {
    var sentences: [String] = []
    if !later.isEmpty {
      sentences.append(
        "\(counted(later.count, "host")) of later waves would count here: \(names(later)); plan "
          + "anew with them first, or point and ask them by hand.")
    }
    if !borrowed.isEmpty {
      sentences.append(
        "\(counted(borrowed.count, "KMS client")) of another KMS host can ask here for once: "
          + "\(names(borrowed)).")
    }
    sentences.append("\(counted(missing, "new virtual machine")) would do as well.")
    return sentences.joined(separator: " ")
  }

  private func names(_ hosts: [HostName]) -> String {
    HostRanges(hosts.map(\.rawValue)).line(width: 48)
  }
}
