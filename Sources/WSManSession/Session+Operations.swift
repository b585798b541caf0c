package import WSMan

extension Session {
  /// All instances that a query finds.
  package func query(_ query: WQLQuery) async throws(SessionError) -> [CIMInstance] {
    var page = try await self.page(.query(query))
    var found = page.instances
    for _ in 1..<Self.mostPages {
      guard let next = page.next else { return found }
      page = try await self.page(.pull(.licensingQueries, next, maximum: 50))
      found += page.instances
    }
    if let next = page.next {
      // The host keeps the rest for some minutes, and counts it against the account.
      _ = try? await send(.release(.licensingQueries, next))
      throw .lost("the host's answer to a query has no end")
    }
    return found
  }

  /// No query of ours finds more than some dozens of instances.
  private static let mostPages = 16

  private func page(_ operation: WSMan.Operation) async throws(SessionError) -> EnumerationPage {
    let reply = try await send(operation)
    return try read { () throws(ReplyError) in try reply.page() }
  }

  /// Calls a method; what it returns is for the caller to judge.
  ///
  /// - Parameters:
  ///   - method: A method of the instance's class.
  ///   - path: The instance, by its key.
  ///   - parameters: What goes in; those that Windows may leave out are left out.
  ///   - timeout: Seconds that the host may work on it.
  package func invoke(
    _ method: CIMName, of path: InstancePath, _ parameters: CIMObject = CIMObject(),
    timeout: Int64 = 60
  ) async throws(SessionError) -> MethodResult {
    let reply = try await send(.invoke(method, of: path, parameters), timeout: timeout)
    return try read { () throws(ReplyError) in try reply.result() }
  }

  private func read<Value>(_ body: () throws(ReplyError) -> Value) throws(SessionError) -> Value {
    do throws(ReplyError) { return try body() } catch { throw .lost(error.description) }
  }
}
