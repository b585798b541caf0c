import Engine
package import Planning

/// A plan and the fleet that it is tried on, prepared once for runs with many seeds.
package final class Rehearsal: Sendable {
  package let plan: Plan
  package let blueprint: FleetBlueprint
  /// A run of the plan that has not begun.
  let engine: Engine

  package init(plan: Plan, blueprint: FleetBlueprint) {
    self.plan = plan
    self.blueprint = blueprint
    engine = Engine(plan: plan)
  }

  /// On the fleet that the plan expects to find.
  package convenience init(plan: Plan) {
    self.init(plan: plan, blueprint: FleetBlueprint(plan: plan))
  }
}
