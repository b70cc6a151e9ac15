import type { Steps, Work } from '../base/slices.ts';
import type { Contract, Operation } from '../contract/contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { StoredEntries } from '../journal/journal-view.ts';
import { workOnView } from '../journal/query.ts';
import type { RecordedRequest } from '../journal/recorded.ts';
import { headerOf } from '../journal/to-entry.ts';
import { ConductClient } from './client.ts';
import { Groups } from './groups.ts';
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

/** Returns the work of judging what the clients of a world did, by its journal. */
export function analyzeConduct(subject: ConductSubject, options: ConductOptions = {}): Work<ConductReport> {
  return workOnView({ journal: subject.journal, name: '' }, ({ journal }) =>
    judgeConduct({ ...subject, journal }, options),
  );
}

/** A world, and what its journal stored at one moment. */
export interface ConductSource extends Omit<ConductSubject, 'journal'> {
  readonly journal: StoredEntries;
}

/** Judges what the clients of a world did, by what its journal stored. */
export function* judgeConduct(source: ConductSource, options: ConductOptions): Steps<ConductReport> {
  const { ignore = [], only, clientSucceeded } = options;
  const clients = yield* clientsOf(source, options);
  const isComplete = source.journal.dropped === 0;
  const context = { isComplete, clientSucceeded, findImage: (id: string) => source.findImage(id) };
  const judged: JudgedRule[] = [];
  for (const rule of CONDUCT_RULES) {
    if (ignore.includes(rule.id) || (only !== undefined && !only.includes(rule.id))) continue;
    judged.push(yield* judge(rule, clients, context));
  }
  return {
    verdict: worst(judged.map(({ verdict }) => verdict.verdict)),
    findings: judged.flatMap(({ findings }) => findings),
    rules: judged.map(({ verdict }) => verdict),
    clients: clients.map(({ name }) => name),
  };
}

interface JudgedRule {
  readonly findings: readonly ConductFinding[];
  readonly verdict: RuleVerdict;
}

function* judge(rule: ConductRule, clients: readonly ConductClient[], context: ConductContext): Steps<JudgedRule> {
  const { id, title, severity } = rule;
  const findings: ConductFinding[] = [];
  let opportunities = 0;
  for (const client of clients) {
    const judgement = yield* rule.check(client, context);
    opportunities += judgement.opportunities;
    for (const { message, entries } of judgement.breaches) {
      findings.push({ rule: id, severity, client: client.name, message, entries });
    }
  }
  const isUndecided = opportunities === 0 || (findings.length === 0 && !context.isComplete);
  const verdict = findings.length > 0 ? VERDICTS[severity] : isUndecided ? 'inconclusive' : 'pass';
  return { findings, verdict: { rule: id, title, severity, verdict, opportunities } };
}

/** Verdict of a rule that a client broke. */
const VERDICTS: Readonly<Record<Severity, ConductVerdict>> = { error: 'fail', warning: 'warn', info: 'warn' };

/** Verdicts from the worst to the best. */
const ORDER: readonly ConductVerdict[] = ['fail', 'warn', 'pass', 'inconclusive'];

const worst = (verdicts: readonly ConductVerdict[]): ConductVerdict =>
  ORDER.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';

/** Groups the requests of a journal by client. */
function* clientsOf(
  { journal, contracts }: ConductSource,
  { label, isSequential }: ConductOptions,
): Steps<readonly ConductClient[]> {
  const operations = new Map<string, Operation>(
    contracts.flatMap(({ name, operations: own }) =>
      Object.entries(own).map(([id, operation]) => [`${name}.${id}`, operation] as const),
    ),
  );
  const groups = new Groups<string, ConductRequest>();
  for (const recorded of journal.after()) {
    yield;
    if (label !== undefined && recorded.label !== label) continue;
    groups.add(nameOf(recorded), new ConductRequest(recorded, operations.get(recorded.operation ?? '')));
  }
  const clients = [...groups].map(([name, requests]) => new ConductClient(name, requests, isSequential));
  for (const client of clients) yield* client.prepare();
  return clients;
}

/** Requests of one program belong together whoever it logs in as, because a login has no user yet. */
function nameOf({ requestHeaders }: RecordedRequest): string {
  return headerOf(requestHeaders, 'x-sideglance-client') ?? headerOf(requestHeaders, 'user-agent') ?? '(no User-Agent)';
}
