import type { Rule, Scenario, States } from '../fault.ts';
import type { RuleCounter } from './counter.ts';
import type { Enabled } from './scenario-set.ts';
import { type StateMachine, statesOf } from './state-machine.ts';

/** A scenario with its counters in one world. */
export interface ScenarioReport {
  readonly name: string;
  readonly description: string;
  readonly expect?: string;
  readonly isEnabled: boolean;
  /** Its position among the active scenarios, from 1; lower ones are evaluated first. */
  readonly order?: number;
  /** How often it can still fire, if it was enabled for a number of requests. */
  readonly callsLeft?: number;
  /** When it expires, in milliseconds since 1970, if it was enabled for a time. */
  readonly until?: number;
  /** The file it was loaded from, or `admin`. */
  readonly place: string;
  readonly rules: readonly RuleReport[];
  /** Present for scenarios with states. */
  readonly states?: StatesReport;
  /** Warnings: parts that are valid but probably not intended. */
  readonly notes: readonly string[];
}

/** The counters of a rule. */
export interface RuleReport {
  readonly operations: readonly string[];
  /** Requests that matched the rule. */
  readonly seen: number;
  /** Requests for which the rule fired. */
  readonly fired: number;
  /** When it last fired, in milliseconds since 1970. */
  readonly lastFired: number | undefined;
}

/** The states of a scenario and which of them are current. */
export interface StatesReport {
  readonly initial: string;
  readonly per: States['per'];
  /** All states that it can have. */
  readonly all: readonly string[];
  /** The state of all images, projects … that are not in `own`. */
  readonly common: string;
  /** States by id of image, project or user, or by client. */
  readonly own: ReadonlyMap<string, string>;
}

/** What a world knows about one of its scenarios. */
export interface ScenarioStatus {
  /** `undefined` if the scenario is not active. */
  readonly order: number | undefined;
  /** `undefined` if the scenario is not enabled. */
  readonly entry: Enabled | undefined;
  /** How often it fired since it was enabled, if it was enabled for a number of requests. */
  readonly fired: number;
  readonly machine: StateMachine | undefined;
  counterOf(rule: Rule): RuleCounter | undefined;
}

/** Describes a scenario and its counters. */
export function reportOf(scenario: Scenario, status: ScenarioStatus): ScenarioReport {
  const { order, entry, fired, machine } = status;
  return {
    name: scenario.name,
    description: scenario.description,
    ...(scenario.expect !== undefined && { expect: scenario.expect }),
    isEnabled: order !== undefined,
    ...(order !== undefined && { order }),
    ...(entry?.calls !== undefined && { callsLeft: entry.calls - fired }),
    ...(entry?.until !== undefined && { until: entry.until }),
    place: scenario.place,
    rules: scenario.rules.map((rule) => {
      const counter = status.counterOf(rule);
      return {
        operations: rule.operations,
        seen: counter?.seen ?? 0,
        fired: counter?.fired ?? 0,
        lastFired: counter?.lastFired,
      };
    }),
    ...(scenario.states !== undefined &&
      machine !== undefined && { states: statesReport(scenario, scenario.states, machine) }),
    notes: scenario.notes,
  };
}

const statesReport = (scenario: Scenario, { initial, per }: States, { common, own }: StateMachine): StatesReport => ({
  initial,
  per,
  all: statesOf(scenario),
  common,
  own,
});
