import Execution
import VolumeActivation
import WSMan
import WSManSession

/// One host's licensing over its session, and what need not be asked twice on one connection.
actor WindowsHost {
  let session: Session
  private let name: HostName
  private let observe: @Sendable (Exchange) -> Void
  private var memory = Memory()

  /// What holds as long as the connection: none of it changes without a restart, or by others'
  /// hands between a look and the step after it.
  struct Memory {
    var epoch = 0
    var computerName: HostName?
    var uuid: UUIDText = .unasked
    var system: System?
    /// `SoftwareLicensingService.Version`, which is its key.
    var serviceVersion: String?
    var kmsSetting: KMSSetting?
    /// Editions whose KMS client licence was found.
    var editionsWithClientLicense: Set<EditionID> = []
  }

  enum UUIDText {
    case unasked
    case known(String?)
  }

  init(_ name: HostName, _ session: Session, observe: @escaping @Sendable (Exchange) -> Void) {
    self.name = name
    self.session = session
    self.observe = observe
  }

  /// What is known of the machine at the end of the connection that is there.
  func recollection() async -> Memory {
    let epoch = await session.epoch
    if memory.epoch != epoch { memory = Memory(epoch: epoch) }
    return memory
  }

  func remember(_ change: (inout Memory) -> Void) async {
    _ = await recollection()
    change(&memory)
  }

  func close() async { await session.close() }

  // MARK: Requests

  func query(
    _ columns: [CIMName], from className: CIMName, where conditions: [WQLQuery.Condition] = []
  ) async throws(LicensingFailure) -> [CIMInstance] {
    do throws(SessionError) {
      let found = try await session.query(WQLQuery(columns, from: className, where: conditions))
      tell("query \(className)", .instances(found.count))
      return found
    } catch {
      tell("query \(className)", .failed(error))
      throw LicensingFailure(error)
    }
  }

  private func tell(_ operation: String, _ outcome: Exchange.Outcome) {
    observe(Exchange(host: name, operation: operation, outcome: outcome))
  }

  /// The one instance of a class that has one.
  func only(
    _ columns: [CIMName], from className: CIMName
  ) async throws(LicensingFailure) -> CIMInstance {
    let found = try await query(columns, from: className)
    guard let first = found.first, found.count == 1 else {
      throw .lost("the host shows \(found.count) instances of \(className)")
    }
    return first
  }

  /// Calls a method, for which anything but 0 is a refusal.
  func invoke(
    _ method: CIMName, of path: InstancePath, _ parameters: CIMObject = CIMObject(),
    timeout: Int64 = 60
  ) async throws(LicensingFailure) {
    let result: MethodResult
    do throws(SessionError) {
      result = try await session.invoke(method, of: path, parameters, timeout: timeout)
    } catch {
      tell("\(method)", .failed(error))
      throw LicensingFailure(error)
    }
    let code = HRESULT(rawValue: result.returnValue)
    tell("\(method)", .returned(code))
    guard code.rawValue == 0 else { throw .refused(code) }
  }
}

extension LicensingFailure {
  /// Reads properties; one that is not what its class says is as good as no answer.
  static func reading<Value>(
    _ body: () throws(CIMValueError) -> Value
  ) throws(LicensingFailure) -> Value {
    do throws(CIMValueError) { return try body() } catch { throw .lost(error.description) }
  }
}
