import Engine
import Planning
import Testing
import VolumeActivation

/// Rescues and ordered rollbacks: who goes back, in which order, and what it costs.
@Suite struct WayBackTests {
  /// A fleet that was migrated: forty licensed hosts, the run finished.
  private func migrated(_ sketch: PlanSketch = PlanSketch(clients: 40)) -> Hand {
    var hand = Hand(sketch)
    hand.countWhoeverAsks()
    hand.run(for: .hours(2))
    return hand
  }

  private func hosts(_ range: Range<UInt32>) -> [HostID] { range.map(HostID.init(rawValue:)) }

  // MARK: Ordered

  @Test func `a rollback reinstalls the MAK, activates it, and last restores the KMS settings`() {
    var hand = migrated()
    #expect(hand.say(.rollback(hosts(0..<40))) == .noted(40))
    hand.run(for: .hours(3))

    #expect(hand.count(.restored) == 40)
    let steps = hand.log.compactMap { event -> Step? in
      guard case .intended(HostID(rawValue: 30), let step, _) = event.what else { return nil }
      return step
    }
    #expect(steps == [.skms, .ipk, .ato, .ipkMAK, .atoMAK, .rkms])
    #expect(hand.engine.hosts.allSatisfy { $0.spent == 1 })
    #expect(hand.engine.run.finished)
  }

  @Test func `a licensed host that goes back takes a slot and a reservation`() {
    var sketch = PlanSketch(clients: 40)
    sketch.activations = 60
    var hand = migrated(sketch)
    hand.mostExposed = 0
    hand.say(.tune(Tuning(maxExposed: 7)))
    hand.say(.rollback(hosts(0..<40)))
    hand.run(for: .hours(6))

    #expect(hand.mostExposed == 7)
    #expect(hand.count(.restored) == 40)
  }

  @Test func `a rollback beyond the budget is refused with the list of those it would leave out`() {
    var sketch = PlanSketch(clients: 40)
    sketch.activations = 30
    var hand = migrated(sketch)
    let reply = hand.say(.rollback(hosts(0..<40)))

    #expect(
      reply
        == .refused(
          .activationsShort(MAKID(rawValue: 0), left: 30, hosts: hosts(30..<40))))
    hand.run(for: .hours(3))
    #expect(hand.count(.licensed) == 40)
    #expect(hand.intents(of: .ipkMAK).isEmpty)
  }

  @Test func `those who stay must still be at the threshold when the records have aged out`() {
    var hand = migrated()
    hand.readings[0].count = 40
    let reply = hand.say(.rollback(hosts(0..<20)))

    #expect(
      reply
        == .refused(
          .countWouldFall(
            KMSHostID(rawValue: 0), count: 40, leaving: 20, threshold: 25, hosts: hosts(0..<20))))
    // Fifteen may leave, and so may everybody.
    #expect(hand.say(.rollback(hosts(0..<15))) == .noted(15))
  }

  @Test func `everybody may go back at once`() {
    var hand = migrated()
    #expect(hand.say(.rollback(hosts(0..<40))) == .noted(40))
  }

  @Test func `a rollback of a host that was never changed leaves it as it is`() {
    var hand = Hand(PlanSketch(clients: 20))
    hand.settle()
    #expect(hand.say(.rollback(hosts(0..<1))) == .obeyed)
    #expect(hand.phase(0) == .skipped)
    #expect(hand.intents(of: .ipkMAK).isEmpty)
  }

  @Test func `what is amiss with a KMS host keeps no licensed host from going back`() {
    var sketch = PlanSketch(clients: 0, rollout: 40)
    sketch.policy.concurrency = 12
    var hand = Hand(sketch)
    hand.readings[0].count = 40
    hand.reply = { host, step in step == .ato && host.rawValue >= 10 ? nil : .done }
    hand.settle()
    #expect(hand.count(.licensed) == 10)
    // The KMS host forgets everybody: nobody further is begun.
    hand.readings[0] = KMSReading(count: 3, bootedAt: hand.now)
    hand.run(for: .hours(1))
    #expect(hand.engine.run.holds.map(\.scope) == [.kmsHost(KMSHostID(rawValue: 0))])
    hand.reply = { _, _ in .done }
    hand.say(.rollback(hosts(0..<40)))
    hand.run(for: .hours(3))

    #expect((0..<10).allSatisfy { hand.phase($0) == .restored })
  }

  @Test func `a stalled muster that goes back draws on the slots that were kept for it`() {
    var hand = Hand(PlanSketch(servers: 6, clients: 24))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      switch step {
      case .ato where host.rawValue >= 14, .ipkMAK where host.rawValue >= 20:
        .refused(0xC004_F035)
      case .skms, .ipk, .ato, .ipkMAK, .cid, .atoMAK, .rkms: counting(host, step)
      }
    }
    hand.run(for: .hours(13))
    #expect((0..<6).allSatisfy { hand.phase($0) == .licensed })
    // Four are stranded, so the stall never ends.
    hand.say(.tune(Tuning(maxExposed: 5)))
    hand.mostExposed = 0
    hand.say(.rollback(hosts(0..<30)))
    hand.run(for: .hours(3))

    #expect(hand.reasons.contains { if case .stalled = $0 { true } else { false } })
    #expect((0..<6).allSatisfy { hand.phase($0) == .restored })
    #expect(hand.mostExposed == 5)
  }

  @Test func `a hold of the whole run keeps licensed hosts until a person releases it`() {
    var hand = migrated()
    hand.say(.hold)
    hand.say(.rollback(hosts(0..<40)))
    hand.run(for: .hours(3))
    #expect(hand.count(.licensed) == 40)

    hand.say(.resume(hand.engine.run.holds.map(\.id)))
    hand.run(for: .hours(3))
    #expect(hand.count(.restored) == 40)
  }

  // MARK: One MAK, one canary

  @Test func `one host alone tries a MAK until it has worked`() {
    var hand = migrated()
    hand.say(.rollback(hosts(0..<40)))
    // The MAK goes in; what the activation service says of it is still to come.
    hand.reply = { _, step in step == .atoMAK ? nil : .done }
    hand.run(for: .minutes(10))
    #expect(hand.intents(of: .ipkMAK).count == 1)

    hand.reply = { _, _ in .done }
    hand.run(for: .hours(3))
    #expect(hand.count(.restored) == 40)
  }

  @Test func `the canary is alone also while it is looked at between its two steps`() {
    var hand = migrated()
    hand.say(.rollback(hosts(0..<40)))
    hand.reply = { _, step in step == .ipkMAK ? .silent(.lost) : .done }
    hand.run(for: .minutes(10))

    #expect(hand.intents(of: .ipkMAK).count == 1)
  }

  @Test func `a code that condemns the MAK leaves the others on their client setup key`() {
    var hand = migrated()
    hand.say(.rollback(hosts(0..<40)))
    hand.reply = { _, step in step == .atoMAK ? .refused(0xC004_C020) : .done }
    hand.run(for: .hours(3))

    #expect(hand.intents(of: .ipkMAK).count == 1)
    #expect(hand.reasons.contains(.activationError(0xC004_C020)))
    #expect(hand.count(.stranded) == 1)
    #expect(hand.states[1...].allSatisfy { $0.key == .target && $0.licensed })
    #expect(hand.engine.hosts.allSatisfy { $0.spent == 0 })
  }

  // MARK: The stored confirmation ID

  @Test func `a confirmation ID is deposited where the installation ID is still its own`() {
    var sketch = PlanSketch(clients: 40)
    sketch.confirmation = true
    var hand = migrated(sketch)
    for index in hand.states.indices { hand.states[index].confirmationFits = index % 2 == 0 }
    hand.say(.rollback(hosts(0..<40)))
    hand.run(for: .hours(3))

    #expect(hand.count(.restored) == 40)
    #expect(hand.intents(of: .cid).allSatisfy { $0.rawValue % 2 == 0 })
    #expect(hand.intents(of: .cid).count == 20)
    #expect(hand.intents(of: .atoMAK).allSatisfy { $0.rawValue % 2 == 1 })
    #expect(hand.intents(of: .atoMAK).count == 20)
  }

  // MARK: Rescue

  /// Hosts that wait below a threshold which is never reached.
  private func waiting(
    _ sketch: PlanSketch = PlanSketch(clients: 30), graceMinutes: UInt16 = 0
  ) -> Hand {
    var hand = Hand(sketch)
    for index in hand.states.indices { hand.states[index].graceMinutes = graceMinutes }
    hand.reply = { host, step in
      switch step {
      case .ato: host.rawValue < 6 ? .refused(.countTooLow) : nil
      case .skms, .ipk, .ipkMAK, .cid, .atoMAK, .rkms: .done
      }
    }
    hand.settle()
    return hand
  }

  @Test func `at the deadline a waiting host is looked at, and then taken back`() {
    var hand = waiting()
    hand.run(for: .hours(13))

    for host in 0..<6 {
      #expect(hand.phase(host) == .restored, "\(host)")
      #expect(hand.engine.hosts[host].spent == 1)
    }
  }

  @Test func `a rescue that finds the host licensed ends there and costs nothing`() {
    var hand = waiting()
    hand.run(for: .hours(11))
    for host in 0..<6 { hand.states[host].licensed = true }  // they asked by themselves
    hand.reply = { _, _ in nil }
    hand.run(for: .hours(3))

    #expect((0..<6).allSatisfy { hand.phase($0) == .licensed })
    #expect(hand.intents(of: .ipkMAK).isEmpty)
    #expect(hand.engine.activations(of: MAKID(rawValue: 0)).spent == 0)
  }

  @Test func `the grace that Windows grants brings the deadline forward`() {
    var sketch = PlanSketch(clients: 30)
    sketch.policy.waitingDeadline = .days(60)
    #expect(waiting(sketch).deadlineAfter == .days(60))
    // Thirty days from the change of the key, of which one is kept for the way back.
    #expect(waiting(sketch, graceMinutes: 30 * 24 * 60).deadlineAfter == .days(29))
  }

  @Test func `a KMS host that is silent for an hour sends nobody back`() {
    var hand = Hand(PlanSketch(clients: 40))
    hand.countWhoeverAsks()
    let counting = hand.reply
    hand.reply = { host, step in
      step == .ato && host.rawValue > 0 ? .refused(0xC004_F074) : counting(host, step)
    }
    hand.run(for: .minutes(60))
    #expect(hand.count(.retrying(.ato)) > 0)
    hand.reply = counting
    hand.run(for: .hours(3))

    #expect(hand.count(.licensed) == 40)
    #expect(hand.intents(of: .ipkMAK).isEmpty)
  }

  @Test func `the heaviest are taken back first`() {
    var sketch = PlanSketch(clients: 30)
    sketch.weight = { index, _ in index }
    var hand = migrated(sketch)
    hand.say(.rollback(hosts(0..<30)))
    hand.run(for: .hours(3))

    let order = hand.intents(of: .ipkMAK).map(\.rawValue)
    #expect(order == order.sorted(by: >))
  }

  @Test func `a trip of the guard that stays is answered by rescues when the policy says so`() {
    var sketch = PlanSketch(clients: 28)
    sketch.policy.onGuardTrip = .rollback
    var hand = Hand(sketch)
    hand.reply = { host, step in
      step == .ato
        ? host.rawValue < 3 ? .refused(.countTooLow) : .refused(0xC004_F035) : .done
    }
    hand.settle()
    #expect(!hand.reasons.isEmpty)
    #expect((0..<3).allSatisfy { hand.phase($0) == .waiting })
    hand.run(for: .minutes(50))
    #expect((0..<3).allSatisfy { hand.phase($0) == .waiting })
    hand.run(for: .minutes(40))
    #expect((0..<3).allSatisfy { hand.phase($0) == .restored })
  }

  // MARK: Never on a guess

  @Test func `a MAK activation whose answer was lost is settled by looking, never repeated`() {
    var hand = waiting()
    hand.run(for: .hours(11))
    hand.reply = { _, step in step == .atoMAK ? .silent(.lost) : .done }
    hand.run(for: .hours(4))

    // It was not executed: after the quiet time the host is stranded, and counts as spent.
    let tried = hand.intents(of: .atoMAK)
    #expect(!tried.isEmpty)
    #expect(Set(tried).count == tried.count)
    for host in tried {
      #expect(hand.phase(Int(host.rawValue)) == .stranded)
      #expect(hand.engine.hosts[Int(host.rawValue)].spent == 1)
    }

    // A person grants one more.
    hand.reply = { _, _ in .done }
    #expect(hand.say(.retry([tried[0]], grant: 1)) == .obeyed)
    hand.run(for: .hours(1))
    #expect(hand.phase(Int(tried[0].rawValue)) == .restored)
    #expect(hand.engine.hosts[Int(tried[0].rawValue)].spent == 2)
  }

  @Test func `a refused restore of the KMS settings is a note, not a failure`() {
    var hand = migrated()
    hand.say(.rollback(hosts(0..<40)))
    hand.reply = { _, step in step == .rkms ? .refused(0x8007_0005) : .done }
    hand.run(for: .hours(3))

    #expect(hand.count(.restored) == 40)
  }

  @Test func `a stranded host that went on asking is seen licensed at the wave's closing look`() {
    var hand = Hand(PlanSketch(clients: 0, rollout: 40))
    hand.readings[0].count = 40
    hand.reply = { host, step in
      switch step {
      case .ato: host.rawValue == 3 ? .refused(0xC004_F035) : .done
      case .ipkMAK: .refused(0xC004_F050)
      case .skms, .ipk, .cid, .atoMAK, .rkms: .done
      }
    }
    hand.run(for: .minutes(20))
    #expect(hand.phase(3) == .stranded)
    hand.states[3].licensed = true
    hand.run(for: .hours(1))

    #expect(hand.phase(3) == .licensed)
    #expect(hand.engine.run.finished)
  }
}

extension Hand {
  /// How long after it began to wait the first host is rescued.
  fileprivate var deadlineAfter: Milliseconds? {
    engine.hosts[0].deadline.map { $0 - now }
  }
}
