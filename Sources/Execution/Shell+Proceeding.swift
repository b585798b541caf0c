import Engine
import Planning
import VolumeActivation

/// The children of a run.
typealias RunGroup = ThrowingTaskGroup<Arrival, any Error>

extension Shell {
  /// Does everything that follows from what was taken in, up to the next arrival.
  mutating func proceed(in group: inout RunGroup) {
    guard ending == nil else { return }
    if wantsCommands { watchInbox(in: &group) }
    if wantsStop { watchStops(in: &group) }
    (wantsCommands, wantsStop) = (false, false)
    lookAtClocks()
    checkRoom(in: &group)
    if freeze == nil, stopping != .atOnce {
      decide()
      look(in: &group)
    }
    commit(in: &group)
    endIfDone(in: &group)
    guard ending == nil else { return }
    pause(in: &group)
  }

  /// Watches for what comes from outside, for as long as the run lasts.
  mutating func watch(in group: inout RunGroup) {
    watchInbox(in: &group)
    watchStops(in: &group)
  }

  private func watchInbox(in group: inout RunGroup) {
    guard let inbox = ports.inbox else { return }
    group.addTask {
      do {
        return .commands(try await inbox.next())
      } catch is CancellationError {
        return .nothing
      } catch {
        return .failed(error)
      }
    }
  }

  private func watchStops(in group: inout RunGroup) {
    guard let stops = ports.stops else { return }
    group.addTask {
      for await _ in stops { return .stop }
      return .nothing
    }
  }

  /// Notices a wall clock that moved against the monotonic one, and the hours of the window.
  private mutating func lookAtClocks() {
    if let jump = time.takeJump() {
      fold(.clockJumped(jump))
      doubtsWindow = true
    }
    guard let window else { return }
    if !doubtsWindow, let known = engine.run.window, known.until > now { return }
    doubtsWindow = false
    let state = window.state(at: ports.clock.now())
    fold(.window(open: state.open, until: state.until + time.lead))
  }

  private mutating func decide() {
    while let decision = engine.nextDecision(at: now) { fold(decision) }
  }

  /// Sends the looks and readings that are wanted; they change nothing and wait for no commit.
  private mutating func look(in group: inout RunGroup) {
    let (courier, journal) = (courier, ports.journal)
    while let host = engine.nextLook(at: now) {
      calls += 1
      let name = planned(host).name
      let wasChanged = engine.hosts[Int(host.rawValue)].touched != .nothing
      let kept = checkpoints[host]
      group.addTask {
        let result = await courier.look(at: name)
        guard wasChanged, kept == nil else {
          return .looked(host, result, checkpoint: wasChanged ? kept : nil)
        }
        do throws(JournalError) {
          return .looked(host, result, checkpoint: try await journal.checkpoint(of: host))
        } catch {
          return .failed(error)
        }
      }
    }
    while let kmsHost = engine.nextReading(at: now) {
      calls += 1
      let address = plan.header.kmsHosts[Int(kmsHost.rawValue)].address
      let known = engine.run.kmsHosts[Int(kmsHost.rawValue)].known
      group.addTask { .read(kmsHost, await courier.read(address), known: known) }
    }
  }

  /// Sends steps whose intents are durable.
  mutating func release(_ effects: [Effect], in group: inout RunGroup) {
    let (courier, journal) = (courier, ports.journal)
    for case .perform(let host, let step, let attempt) in effects {
      calls += 1
      let planned = planned(host)
      let (kept, actions) = (checkpoints[host], StepActions(plan: plan, keys: ports.keys))
      group.addTask {
        do {
          let checkpoint: HostState? =
            if step == .rkms, kept == nil { try await journal.checkpoint(of: host) } else { kept }
          let action = try actions.action(of: step, on: planned, checkpoint: checkpoint)
          return .answered(
            host, attempt: attempt, await courier.perform(action, on: planned.name))
        } catch {
          return .failed(error)
        }
      }
    }
  }

  /// Sleeps until something may fall due, unless a pause that ends by then is under way.
  private mutating func pause(in group: inout RunGroup) {
    let (clock, start) = (ports.clock, ports.clock.monotonic())
    var due: [Milliseconds] = []
    if freeze == nil, let wake = engine.nextWake(after: now) {
      due.append(start + max(Milliseconds(rawValue: 1), wake - now))
    }
    if let heartbeat = options.heartbeat { due.append(start + heartbeat) }
    if case .draining(let end) = stopping { due.append(end) }
    if let check = freeze?.nextCheck { due.append(check) }
    guard let end = due.min(), pauses.allSatisfy({ $0 > end }) else { return }
    pauses.insert(end)
    group.addTask {
      do { try await clock.sleep(for: end - start) } catch { return .nothing }
      return .woke(at: end)
    }
  }
}
