import VolumeActivation

/// What a least-exposure order is made from.
package struct OrderInput: Hashable, Sendable {
  /// The KMS host's count, without what is in flight.
  package var count: Int
  /// Whether the KMS host may forget beyond twice the servers' threshold, since it is not known to
  /// have been asked by a client.
  package var memoryIsSmall: Bool
  /// Weights of the servers that raise the count, ascending; nothing to lose weighs 0.
  package var servers: [Int]
  /// Weights of the clients that raise the count, ascending; empty when clients do not take part.
  package var clients: [Int]
  /// Servers that were asked before and wait for their threshold, exposed.
  package var waitingServers = 0
  /// Clients that were asked before and wait for their threshold, exposed.
  package var waitingClients = 0
  /// How many hosts may be exposed at one time; nil is no limit.
  package var maxExposed: Int?
  /// How much of `maxExposed` is kept free.
  package var spares = 0
  package var serverThreshold = ProductKind.server.threshold
  package var clientThreshold = ProductKind.client.threshold

  package init(count: Int, memoryIsSmall: Bool, servers: [Int], clients: [Int]) {
    self.count = count
    self.memoryIsSmall = memoryIsSmall
    self.servers = servers
    self.clients = clients
  }
}

extension OrderInput {
  /// The count at which nobody is exposed any more.
  package var target: Int {
    clients.isEmpty && waitingClients == 0 ? serverThreshold : clientThreshold
  }
}
