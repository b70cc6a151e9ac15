import { isObject } from '../../base/json.ts';
import type { DirectoryIndex } from '../../identity/directory/directory-index.ts';
import { type NameInWorld, splitName } from '../../identity/world-name.ts';
import type { WorldOfLogIn } from '../dialect.ts';
import { parseMarkedJson } from './parse.ts';

/** Where a log-in names something that can be named with its world. */
interface Place {
  /** Below `auth`. */
  readonly path: readonly string[];
  /** Whether the cloud has something that is called so as a whole. */
  readonly isKnown: (text: string, index: DirectoryIndex) => boolean;
}

const place = (path: string, isKnown: (text: string, index: DirectoryIndex) => unknown): Place => ({
  path: path.split('/'),
  isKnown: (text, index) => isKnown(text, index) !== undefined,
});

const projectName = (text: string, index: DirectoryIndex): unknown => index.projectOfName(text);
const projectId = (text: string, index: DirectoryIndex): unknown => index.project(text);
const userName = (text: string, index: DirectoryIndex): unknown => index.userOfName(text);
const userId = (text: string, index: DirectoryIndex): unknown => index.user(text);

/** Of several that name a world, the first has the word. */
const PLACES: readonly Place[] = [
  place('scope/project/name', projectName),
  place('scope/project/id', projectId),
  place('scope/domain/name', (name, index) => index.domain({ name })),
  place('scope/domain/id', (id, index) => index.domain({ id })),
  place('tenantName', projectName),
  place('tenantId', projectId),
  place('identity/password/user/name', userName),
  place('identity/password/user/id', userId),
  place('identity/application_credential/id', () => undefined),
  place('identity/application_credential/user/name', userName),
  place('identity/application_credential/user/id', userId),
  place('passwordCredentials/username', userName),
  place('passwordCredentials/userId', userId),
  place('RAX-KSKEY:apiKeyCredentials/username', userName),
];

const TOKENS: readonly (readonly string[])[] = [
  ['identity', 'token', 'id'],
  ['token', 'id'],
];

type Members = Record<string, unknown>;

/** The object that holds the last member of a path. */
function holderOf(value: unknown, path: readonly string[]): Members | undefined {
  let at = value;
  for (const name of path.slice(0, -1)) at = isObject(at) ? at[name] : undefined;
  return isObject(at) ? (at as Members) : undefined;
}

interface Found extends NameInWorld {
  readonly holder: Members;
  readonly member: string;
}

function findNames(auth: unknown, index: DirectoryIndex): readonly Found[] {
  return PLACES.flatMap(({ path, isKnown }) => {
    const holder = holderOf(auth, path);
    const member = path.at(-1) as string;
    const text = holder?.[member];
    if (holder === undefined || typeof text !== 'string' || isKnown(text, index)) return [];
    const split = splitName(text);
    return split === undefined ? [] : [{ ...split, holder, member }];
  });
}

/**
 * What the body of a log-in says of its world: by the name of a project, a domain or a user (`demo@t17`), else by a
 * token. What is called so as a whole names no world: `jane@example.org` may be anybody's name.
 */
export function worldOfLogIn(body: Buffer, index: DirectoryIndex): WorldOfLogIn | undefined {
  if (!body.includes('@') && !body.includes('"token"')) return undefined;
  let whole: unknown;
  try {
    whole = parseMarkedJson(body);
  } catch {
    // What it is refused for is the service's own matter.
    return undefined;
  }
  const auth = isObject(whole) ? whole['auth'] : undefined;
  const names = findNames(auth, index);
  const world = names[0]?.world;
  if (world === undefined) {
    const token = TOKENS.map((path) => holderOf(auth, path)?.['id']).find((id) => typeof id === 'string');
    return typeof token === 'string' ? { token } : undefined;
  }
  for (const { holder, member, name, world: own } of names) if (own === world) holder[member] = name;
  return { world, body: Buffer.from(JSON.stringify(whole)) };
}
