import { Readable } from 'node:stream';
import type { Json } from '../base/json.ts';
import type { Reply } from '../contract/contract.ts';
import type { ByHand, HeldRequest } from '../faults/engine/held-requests.ts';
import { isLate } from '../faults/fault.ts';
import { settles } from '../faults/fault-kinds.ts';
import { parseArmedFault } from '../faults/scenario-file/load.ts';
import type { KnownOperations } from '../faults/scenario-file/operations.ts';
import { InputError } from '../input/input-error.ts';
import type { Fault, Rule } from '../input/types/scenarios.ts';
import type { EntryMessage } from '../journal/entry.ts';
import { redactUrl } from '../journal/redact.ts';
import { NO_BODY, type StoredBody } from '../journal/stored-body.ts';
import { toMessage } from '../journal/to-entry.ts';
import type { World } from '../world/world.ts';
import { noSuchName } from './problems.ts';

/** Bytes of a body that are shown. */
const MAX_SHOWN = 2 ** 20;

/** A request that waits for somebody to decide about it, as the admin API shows it. */
export interface HeldView {
  readonly id: string;
  readonly world: string;
  /** `request`: before the operation; `response`: after it. */
  readonly at: 'request' | 'response';
  /** Name of the scenario, or id of the one-off fault. */
  readonly scenario: string;
  readonly rule: number;
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly user?: string;
  readonly project?: string;
  readonly image?: string;
  readonly label?: string;
  /** When it was held, and when it goes on by itself: ISO 8601, by the machine's clock. */
  readonly since: string;
  readonly until: string;
  readonly request: EntryMessage;
  /** The response that would be sent. */
  readonly response?: EntryMessage & { readonly status: number };
}

/** Changes of a held request. */
export interface ContinueOptions {
  /** Headers to add or replace; `null` removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Replaces the body: text as it is, any other value as JSON. */
  readonly body?: unknown;
}

/** What a held request gets, as in a rule. */
export interface RespondOptions {
  readonly fault: Exclude<Fault, string>;
  readonly phase?: NonNullable<Rule['phase']>;
  readonly undocumented?: boolean;
}

/** Lists the held requests of worlds, the longest held first. */
export const listHeld = (worlds: readonly World[]): readonly HeldView[] =>
  worlds
    .flatMap((world) => world.faults.held.list().map((held) => ({ world, held })))
    .sort((one, other) => one.held.since - other.held.since)
    .map(({ world, held }) => presentHeld(held, world));

/** Returns a held request. @throws AdminError 404 for one that is not held. */
export const showHeld = (world: World, id: string): HeldView => presentHeld(heldOf(world, id), world);

/**
 * Lets a held request go on, perhaps changed.
 * @throws AdminError 404 for one that is not held.
 * @throws InputError for a change of a response, and of the data of an upload.
 */
export function continueHeld(world: World, id: string, change: ContinueOptions): void {
  const held = heldOf(world, id);
  const changes = Object.keys(change).length > 0;
  if (changes && held.reply !== undefined) {
    throw invalid(
      '',
      'the response is held, and the request has taken effect',
      change,
      'an empty body, or respond with alter',
    );
  }
  const body = change.body === undefined ? undefined : bodyOf(change.body);
  if (body !== undefined) assertBody(held, body);
  decide(world, id, { kind: 'continue', ...(changes && { change: { headers: change.headers, body } }) });
}

/**
 * Gives a held request a fault by hand, or its response.
 * @throws AdminError 404 for one that is not held.
 * @throws InputError for a fault that is not valid for the operation, or not at this point.
 */
export function respondHeld(world: World, id: string, written: RespondOptions, known: KnownOperations): void {
  const held = heldOf(world, id);
  const rule = { ...written, match: { operation: held.operation } } as unknown as Json;
  const { sequence, phase } = parseArmedFault(rule, 'response', known);
  const [fault] = sequence;
  if (fault === undefined || fault.kind === 'pass' || fault.kind === 'limit' || !settles(fault)) {
    throw invalid('/fault', 'does not decide the response', written.fault, [
      'answer',
      'alter',
      'cut',
      'stall',
      'slow',
      'corrupt',
    ]);
  }
  if (fault.delay !== undefined) {
    throw invalid('/fault/delay', 'has no effect: the request is held already', written.fault.delay, 'no delay');
  }
  if (held.reply !== undefined) assertForResponse(fault, phase, written);
  decide(world, id, { kind: 'respond', fault, phase });
}

type Decided = Extract<ByHand, { readonly kind: 'respond' }>;

/** @throws InputError for what can only happen before the operation. */
function assertForResponse(fault: Decided['fault'], phase: Decided['phase'], written: RespondOptions): void {
  const message = 'is too late: the response is held, and the request has taken effect';
  if (isLate(phase) || phase !== 'before') throw invalid('/phase', message, written.phase, 'no phase');
  if (fault.kind === 'answer' && fault.received !== undefined) {
    throw invalid('/fault/received', message, written.fault.received, 'no received');
  }
  const wire = 'wire' in fault ? fault.wire : undefined;
  if (wire !== undefined && 'on' in wire && wire.on === 'request') {
    throw invalid(`/fault/${wire.kind}/on`, message, 'request', ['response']);
  }
}

function decide(world: World, id: string, decision: ByHand): void {
  // It was held a moment ago, and nothing else has run since.
  world.faults.held.decide(id, decision);
}

function heldOf(world: World, id: string): HeldRequest {
  const held = world.faults.held.get(id);
  if (held !== undefined) return held;
  const names = world.faults.held.list().map((each) => each.id);
  const allowed = names.length === 0 ? 'no request is held' : names;
  throw noSuchName(`Request "${id}" is not held in this world`, { pointer: '', found: id, names, allowed });
}

const bodyOf = (body: unknown): Buffer => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

/** @throws InputError for a body that the service does not read, or rejects for its length. */
function assertBody({ maxBodyBytes }: HeldRequest, body: Buffer): void {
  if (maxBodyBytes === undefined) {
    throw invalid('/body', 'the data of an upload arrives after the request is held', body.length, 'no body');
  }
  if (body.length > maxBodyBytes) {
    throw invalid('/body', 'is longer than the service accepts', body.length, `${maxBodyBytes} bytes at most`);
  }
}

const invalid = (pointer: string, message: string, found: unknown, allowed: string | readonly string[]): InputError =>
  new InputError('body', [{ pointer, message, found, allowed }]);

function presentHeld({ id, point, operation, call, caller, reply, since }: HeldRequest, world: World): HeldView {
  const { showsSecrets } = world.journal.options;
  const image = call.params['image_id'];
  return {
    id,
    world: world.name,
    at: point.at,
    scenario: point.scenario,
    rule: point.rule,
    operation,
    method: call.method,
    url: showsSecrets ? call.target : redactUrl(call.target),
    ...(caller.userName !== '' && { user: caller.userName }),
    ...(caller.projectId !== '' && { project: caller.projectId }),
    ...(image !== undefined && { image }),
    ...(call.label !== undefined && { label: call.label }),
    since: new Date(since).toISOString(),
    until: new Date(since + point.milliseconds).toISOString(),
    request: toMessage(call.rawHeaders, storedBody(call.body), showsSecrets),
    ...(reply !== undefined && { response: presentReply(reply, showsSecrets) }),
  };
}

function presentReply({ status, headers = {}, body }: Reply, showsSecrets: boolean): NonNullable<HeldView['response']> {
  const flat = Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((each) => [name, each]));
  return { status, ...toMessage(flat, storedBody(body), showsSecrets) };
}

/** The beginning of a body; of a stream, only that there is one. */
function storedBody(body: Reply['body']): StoredBody {
  if (body === undefined) return NO_BODY;
  if (body instanceof Readable) return { ...NO_BODY, isArriving: true };
  const bytes = Buffer.from(body);
  return { ...NO_BODY, size: bytes.length, content: bytes.subarray(0, MAX_SHOWN) };
}
