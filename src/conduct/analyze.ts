import type { Contract, Operation } from '../contract/contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { headerOf } from '../journal/to-entry.ts';
import { ConductClient } from './client.ts';
import { ConductRequest } from './request.ts';
import type { ConductContext, ConductRule, KnownData, Severity } from './rule.ts';
import { CONDUCT_RULES } from './rules/index.ts';

/** What a client should not have done. */
export interface ConductFinding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Name of the client: X-Sideglance-Client or User-Agent. */
  readonly client: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** Ids of the journal entries that show it. */
  readonly entries: readonly number[];
}

/** `inconclusive`: there was no opportunity to break the rule, or the journal has dropped requests that could matter. */
export type ConductVerdict = 'pass' | 'warn' | 'fail' | 'inconclusive';

/** What one rule says about all clients together. */
export interface RuleVerdict {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly verdict: ConductVerdict;
  /** How often a client could have broken the rule. */
  readonly opportunities: number;
}

/** How the clients of a world behaved. */
export interface ConductReport {
  /** The worst verdict of a rule; `inconclusive` if no rule had an opportunity. */
  readonly verdict: ConductVerdict;
  readonly findings: readonly ConductFinding[];
  readonly rules: readonly RuleVerdict[];
  /** Names of the clients. */
  readonly clients: readonly string[];
}

/** What is judged, and how. */
export interface ConductOptions {
  /** Ids of rules to leave out. */
  readonly ignore?: readonly string[] | undefined;
  /** Ids of the only rules to apply. */
  readonly only?: readonly string[] | undefined;
  /** Only requests with this label. */
  readonly label?: string | undefined;
  /** Whether the client reported success in the end. */
  readonly clientSucceeded?: boolean | undefined;
  /** Whether each client does one thing at a time. Equal requests on several connections are then attempts at one. */
  readonly isSequential?: boolean | undefined;
}

/** The world whose journal is judged. */
export interface ConductSubject {
  readonly journal: Journal;
  readonly contracts: readonly Contract[];
  /** Returns what is known about an image that exists now. */
  findImage(id: string): KnownData | undefined;
}

/** Judges what the clients of a world did, by its journal. */
export function analyzeConduct(subject: ConductSubject, options: ConductOptions = {}): ConductReport {
  const { ignore = [], only, clientSucceeded } = options;
  const clients = clientsOf(subject, options);
  const isComplete = subject.journal.dropped === 0;
  const context = { isComplete, clientSucceeded, findImage: (id: string) => subject.findImage(id) };
  const rules = CONDUCT_RULES.filter(({ id }) => !ignore.includes(id) && (only === undefined || only.includes(id)));
  const judged = rules.map((rule) => judge(rule, clients, context));
  return {
    verdict: worst(judged.map(({ verdict }) => verdict.verdict)),
    findings: judged.flatMap(({ findings }) => findings),
    rules: judged.map(({ verdict }) => verdict),
    clients: clients.map(({ name }) => name),
  };
}

function judge(rule: ConductRule, clients: readonly ConductClient[], context: ConductContext) {
  const { id, title, severity } = rule;
  const judgements = clients.map((client) => ({ client, judgement: rule.check(client, context) }));
  const opportunities = judgements.reduce((sum, { judgement }) => sum + judgement.opportunities, 0);
  const findings = judgements.flatMap(({ client, judgement }) =>
    judgement.breaches.map(
      ({ message, entries }): ConductFinding => ({ rule: id, severity, client: client.name, message, entries }),
    ),
  );
  const isUndecided = opportunities === 0 || (findings.length === 0 && !context.isComplete);
  const verdict = findings.length > 0 ? VERDICTS[severity] : isUndecided ? 'inconclusive' : 'pass';
  return { findings, verdict: { rule: id, title, severity, verdict, opportunities } satisfies RuleVerdict };
}

/** Verdict of a rule that a client broke. */
const VERDICTS: Readonly<Record<Severity, ConductVerdict>> = { error: 'fail', warning: 'warn', info: 'warn' };

/** Verdicts from the worst to the best. */
const ORDER: readonly ConductVerdict[] = ['fail', 'warn', 'pass', 'inconclusive'];

const worst = (verdicts: readonly ConductVerdict[]): ConductVerdict =>
  ORDER.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';

/** Groups the requests of a journal by client. */
function clientsOf(
  { journal, contracts }: ConductSubject,
  { label, isSequential }: ConductOptions,
): readonly ConductClient[] {
  const operations = new Map<string, Operation>(
    contracts.flatMap(({ name, operations: own }) =>
      Object.entries(own).map(([id, operation]) => [`${name}.${id}`, operation] as const),
    ),
  );
  const groups = new Map<string, ConductRequest[]>();
  for (const recorded of journal.after()) {
    if (label !== undefined && recorded.label !== label) continue;
    const name = nameOf(recorded);
    const request = new ConductRequest(recorded, operations.get(recorded.operation ?? ''));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [request]);
    else group.push(request);
  }
  return [...groups].map(([name, requests]) => new ConductClient(name, requests, isSequential));
}

/** Requests of one program belong together whoever it logs in as, because a login has no user yet. */
function nameOf({ requestHeaders }: RecordedRequest): string {
  return headerOf(requestHeaders, 'x-sideglance-client') ?? headerOf(requestHeaders, 'user-agent') ?? '(no User-Agent)';
}
