import { isObject } from '../base/json.ts';
import { canonical } from '../base/json-value.ts';
import type { WorldObject } from '../world/objects.ts';

/** An object of a world, as far as it tells what a client did. */
export interface ComparedObject {
  /** `server`, `user`, `application credential` ... */
  readonly kind: string;
  readonly id: string;
  readonly name: string | null;
  /** Canonical JSON of its members; ids of what the run created are replaced, since they differ from run to run. */
  readonly members: ReadonlyMap<string, string>;
}

/** An object that a run changed. */
export interface ChangedObject {
  readonly before: ComparedObject;
  readonly after: ComparedObject;
}

/** What a run did to the objects of its world besides images. */
export interface ObjectOutcome {
  readonly created: readonly ComparedObject[];
  readonly deleted: readonly ComparedObject[];
  readonly changed: readonly ChangedObject[];
}

/** Kinds that come and go with logins, or that others bring along. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['revocation']);

/** Members that differ from run to run: numbers, times, and secrets that the service draws. */
const VOLATILE =
  /^(?:id|number|ordinal|position|polls|pace|requestId|userData|blob|links|kind)$|(?:uuid|At|_at|secret|fingerprint|publicKey|version|Step|State)$/i;

/** Members whose value depends on how long a client runs, unless something failed. */
const STATUS = 'status';

/** Statuses of what has failed. */
const FAILED: ReadonlySet<unknown> = new Set(['ERROR', 'error', 'failure', 'failed']);

/** Members of a task that tell what was asked; the others say how far it has got. */
const TASK_MEMBERS: ReadonlySet<string> = new Set(['api', 'type', 'owner', 'imageId', 'input', STATUS]);

/**
 * Compares the objects of a world before and after a run.
 * @param newIds - ids of the images that the run created.
 */
export function objectOutcome(
  before: readonly WorldObject[],
  after: readonly WorldObject[],
  newIds: readonly string[],
): ObjectOutcome {
  const earlier = new Map(before.map((object) => [nameOf(object), object]));
  const later = new Map(after.map((object) => [nameOf(object), object]));
  const created = after.filter((object) => !earlier.has(nameOf(object)));
  const ids = new Set([...newIds, ...created.map(idOf)]);
  const compared = (object: WorldObject): ComparedObject => toCompared(object, ids);
  const isCounted = ({ kind }: WorldObject): boolean => !NOT_COMPARED.has(kind);
  return {
    created: created.filter(isCounted).map(compared),
    deleted: before.filter((object) => isCounted(object) && !later.has(nameOf(object))).map(compared),
    changed: before.filter(isCounted).flatMap((object) => {
      const now = later.get(nameOf(object));
      if (now === undefined || now.document === object.document) return [];
      const [left, right] = [compared(object), compared(now)];
      return differingMembers(left, right).length === 0 ? [] : [{ before: left, after: right }];
    }),
  };
}

/** Names of the members that differ. */
export const differingMembers = (left: ComparedObject, right: ComparedObject): readonly string[] =>
  [...new Set([...left.members.keys(), ...right.members.keys()])].filter(
    (name) => left.members.get(name) !== right.members.get(name),
  );

const nameOf = ({ kind, key }: WorldObject): string => `${kind}\n${key}`;

const idOf = ({ key, document }: WorldObject): string =>
  typeof document['id'] === 'string' ? document['id'] : String(document['uuid'] ?? key);

function toCompared(object: WorldObject, newIds: ReadonlySet<string>): ComparedObject {
  const { kind, document } = object;
  const { name } = document;
  const members = Object.entries(document).filter(([member, value]) => isCompared(kind, member, value));
  return {
    kind,
    id: idOf(object),
    name: typeof name === 'string' ? name : null,
    members: new Map(members.map(([member, value]) => [member, textOf(member, value, newIds)])),
  };
}

const isCompared = (kind: string, member: string, value: unknown): boolean =>
  value !== undefined &&
  (kind === 'task' ? TASK_MEMBERS.has(member) : !VOLATILE.test(member)) &&
  // Numbers that refer to others, as metadata definitions have them.
  !(typeof value === 'number' && member.endsWith('Id'));

const textOf = (member: string, value: unknown, newIds: ReadonlySet<string>): string =>
  member === STATUS ? canonical(FAILED.has(value) ? value : 'without a failure') : canonical(withoutIds(value, newIds));

/** Replaces the ids of what a run created. */
function withoutIds(value: unknown, newIds: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return newIds.has(value) ? '{new}' : value;
  if (Array.isArray(value)) return value.map((part) => withoutIds(part, newIds));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (VOLATILE.test(name) ? [] : [[name, withoutIds(part, newIds)]])),
  );
}
