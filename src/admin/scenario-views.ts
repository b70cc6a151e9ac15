import type { CertificateKind } from '../base/certificate-kinds.ts';
import type { ArmedFaultReport, ScenarioReport, StatesReport } from '../faults/engine/engine.ts';
import type { OperationName } from '../input/types/operations.ts';

/** How often a rule of a scenario matched and fired in a world. */
export interface RuleHits {
  /** Requests that matched the rule. */
  readonly seen: number;
  /** Requests for which it fired. */
  readonly fired: number;
  /** When it last fired, by the world's clock: ISO 8601. Absent if it never fired. */
  readonly last?: string;
}

/** The states of a scenario, as the admin API shows them. */
export interface StatesView {
  readonly initial: string;
  /** What has its own state: `image`, `project`, `user` or `client`; `rule` for one state for all requests. */
  readonly per: string;
  /** The names of all states. */
  readonly all: readonly string[];
  /** The state of everything that is not listed in `of`. */
  readonly now: string;
  /** States by id of image, project or user, or by client. */
  readonly of: Readonly<Record<string, string>>;
}

/** A scenario, as the admin API shows it. */
export interface ScenarioView {
  readonly name: string;
  readonly description: string;
  /** What a correct client does in this scenario. */
  readonly expect?: string;
  readonly enabled: boolean;
  /** Its place among the enabled scenarios, from 1; lower ones match first. */
  readonly order?: number;
  /** How often its rules fired in this world since it was enabled. */
  readonly hits: number;
  /** Counters of each rule, in the order of its rules. */
  readonly ruleHits: readonly RuleHits[];
  /** Remaining requests, when it was enabled for a number of requests. */
  readonly callsLeft?: number;
  /** When it expires, when it was enabled for a time: ISO 8601. */
  readonly until?: string;
  /** Absent for a scenario without states. */
  readonly states?: StatesView;
  /** Warnings about rules that are valid but unusual. */
  readonly notes?: readonly string[];
  /** The file that it came from, or `admin`. */
  readonly place: string;
}

/** A scenario with its rules, as written. */
export interface ScenarioDetails extends ScenarioView {
  readonly rules: readonly unknown[];
  /** Certificate that the ports present while it is enabled. */
  readonly certificate?: CertificateKind;
}

/** How long a scenario stays enabled; until it is disabled when nothing is given. */
export interface ScenarioLimit {
  /** Disables it after it fired this many times. */
  readonly calls?: number;
  /** Disables it after this many seconds of the world's clock. */
  readonly seconds?: number;
}

/** A one-off fault, as the admin API shows it. */
export interface FaultView {
  readonly id: string;
  /** Operations that it matches, as dialect.operation. */
  readonly operations: readonly string[];
  /** Requests that matched it. */
  readonly seen: number;
  /** Requests for which it fired. */
  readonly fired: number;
  /** When it last fired, by the world's clock: ISO 8601. Absent if it never fired. */
  readonly last?: string;
  /** Whether it has expired and cannot fire any more. */
  readonly expired: boolean;
}

/** A possible request, for `explain`; omitted members match anything. */
export interface ProbeView {
  /** `image-v2.deleteImage`. */
  readonly operation: OperationName;
  /** Id of the image in the path. */
  readonly image?: string;
  /** Id or name of the project that sends it. */
  readonly project?: string;
  /** Id or name of the user who sends it. */
  readonly user?: string;
  /** Name of the client, as in its User-Agent. */
  readonly client?: string;
}

/** Converts a scenario to the form that the admin API shows. */
export const presentScenario = (report: ScenarioReport): ScenarioView => ({
  name: report.name,
  description: report.description,
  ...(report.expect !== undefined && { expect: report.expect }),
  enabled: report.isEnabled,
  ...(report.order !== undefined && { order: report.order }),
  hits: report.rules.reduce((sum, { fired }) => sum + fired, 0),
  ruleHits: report.rules.map(({ seen, fired, lastFired }) => ({ seen, fired, ...lastOf(lastFired) })),
  ...(report.callsLeft !== undefined && { callsLeft: report.callsLeft }),
  ...(report.until !== undefined && { until: new Date(report.until).toISOString() }),
  ...(report.states !== undefined && { states: presentStates(report.states) }),
  ...(report.notes.length > 0 && { notes: report.notes }),
  place: report.place,
});

const presentStates = ({ initial, per, all, common, own }: StatesReport): StatesView => ({
  initial,
  per,
  all,
  now: common,
  of: Object.fromEntries(own),
});

const lastOf = (lastFired: number | undefined): { readonly last?: string } =>
  lastFired === undefined ? {} : { last: new Date(lastFired).toISOString() };

/** Converts a one-off fault to the form that the admin API shows. */
export const presentArmedFault = ({ id, rule, seen, fired, lastFired, isExpired }: ArmedFaultReport): FaultView => ({
  id,
  operations: rule.operations,
  seen,
  fired,
  ...lastOf(lastFired),
  expired: isExpired,
});
