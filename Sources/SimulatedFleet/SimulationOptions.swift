package import VolumeActivation

/// What befalls a simulated run beside the faults of its fleet.
package struct SimulationOptions: Hashable, Sendable {
  /// How often the run is killed, as a chance at each of its turns.
  package var crashes = 0.0
  /// In what share of the runs all events are folded again at each kill, and the outcome compared
  /// with what the rows hold.
  package var replays = 1.0
  /// The most often that it is killed.
  package var mostCrashes = 8
  /// How often an operator says something on the way, in a day; 0 is never.
  package var commandsPerDay = 0.0
  /// How often a person releases the holds of a run that cannot go on; then it ends as held.
  package var resumptions = 0
  /// How long that person takes.
  package var resumesAfter = Milliseconds.hours(1)
  /// When a run that did not end is given up.
  package var horizon = Milliseconds.days(60)

  package init() {}
}
