import type { Rule, Scenario, States } from '../fault.ts';
import type { RuleCounter } from './counter.ts';
import type { Enabled } from './scenario-set.ts';
import { type StateMachine, statesOf } from './state-machine.ts';

/** How a scenario stands in a world. */
export interface ScenarioReport {
  readonly name: string;
  readonly description: string;
  readonly expect?: string;
  readonly isEnabled: boolean;
  /** Its place among those that play, from 1: lower ones are asked first. */
  readonly order?: number;
  /** Calls that it still takes, where it was enabled for so many. */
  readonly callsLeft?: number;
  /** Milliseconds since 1970 at which it goes off, where it was enabled for a time. */
  readonly until?: number;
  /** The file it came from, or who put it. */
  readonly place: string;
  readonly rules: readonly RuleReport[];
  /** For scenarios that have states. */
  readonly states?: StatesReport;
  /** What is odd about it, though it is not wrong. */
  readonly notes: readonly string[];
}

/** How far a rule has got. */
export interface RuleReport {
  readonly operations: readonly string[];
  /** Calls that came to the rule. */
  readonly seen: number;
  /** Calls to which something was done. */
  readonly taken: number;
  /** When it took a call last: milliseconds since 1970. */
  readonly lastTaken: number | undefined;
}

/** In which states a scenario is. */
export interface StatesReport {
  readonly initial: string;
  readonly per: States['per'];
  /** All that it can be in. */
  readonly all: readonly string[];
  /** What all are in that are not in `own`. */
  readonly common: string;
  /** By id of image, project or user, or by client. */
  readonly own: ReadonlyMap<string, string>;
}

/** What a world knows of one of its scenarios. */
export interface Standing {
  /** Absent where it is off. */
  readonly order: number | undefined;
  /** Absent where it does not play, or never did. */
  readonly entry: Enabled | undefined;
  /** Calls that it took since it was enabled, where it was enabled for so many. */
  readonly taken: number;
  readonly machine: StateMachine | undefined;
  counterOf(rule: Rule): RuleCounter | undefined;
}

/** What is told of a scenario and how it stands. */
export function reportOf(scenario: Scenario, standing: Standing): ScenarioReport {
  const { order, entry, taken, machine } = standing;
  return {
    name: scenario.name,
    description: scenario.description,
    ...(scenario.expect !== undefined && { expect: scenario.expect }),
    isEnabled: order !== undefined,
    ...(order !== undefined && { order }),
    ...(entry?.calls !== undefined && { callsLeft: entry.calls - taken }),
    ...(entry?.until !== undefined && { until: entry.until }),
    place: scenario.place,
    rules: scenario.rules.map((rule) => {
      const counter = standing.counterOf(rule);
      return {
        operations: rule.operations,
        seen: counter?.seen ?? 0,
        taken: counter?.taken ?? 0,
        lastTaken: counter?.lastTaken,
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
