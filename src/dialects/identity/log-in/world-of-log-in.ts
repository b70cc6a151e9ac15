import { isObject } from '../../../base/json.ts';
import type { DirectoryIndex } from '../../../identity/directory/directory-index.ts';
import { type NameInWorld, splitName } from '../../../identity/world-name.ts';
import type { WorldOfLogIn } from '../../dialect.ts';
import { parsePythonJson } from '../../shared/python-json-body.ts';

/** A member of a login that can end with the name of a world. */
interface NamingMember {
  /** Path below `auth`. */
  readonly path: readonly string[];
  /** Whether the cloud has an entity whose name or id is the whole text. */
  readonly isKnown: (text: string, index: DirectoryIndex) => boolean;
}

type Find = (text: string, index: DirectoryIndex) => unknown;

const naming = (path: string, find: Find): NamingMember => ({
  path: path.split('/'),
  isKnown: (text, index) => find(text, index) !== undefined,
});

const projectByName: Find = (name, index) => index.projectOfName(name);
const projectById: Find = (id, index) => index.project(id);
const userByName: Find = (name, index) => index.userOfName(name);
const userById: Find = (id, index) => index.user(id);

/** In order of precedence: the first one that names a world decides. */
const NAMING_MEMBERS: readonly NamingMember[] = [
  naming('scope/project/name', projectByName),
  naming('scope/project/id', projectById),
  naming('scope/domain/name', (name, index) => index.domain({ name })),
  naming('scope/domain/id', (id, index) => index.domain({ id })),
  naming('tenantName', projectByName),
  naming('tenantId', projectById),
  naming('identity/password/user/name', userByName),
  naming('identity/password/user/id', userById),
  naming('identity/application_credential/id', () => undefined),
  naming('identity/application_credential/user/name', userByName),
  naming('identity/application_credential/user/id', userById),
  naming('passwordCredentials/username', userByName),
  naming('passwordCredentials/userId', userById),
  naming('RAX-KSKEY:apiKeyCredentials/username', userByName),
];

const TOKEN_MEMBERS: readonly (readonly string[])[] = [
  ['identity', 'token', 'id'],
  ['token', 'id'],
];

type Members = Record<string, unknown>;

/** The object that contains the last member of a path. */
function parentOf(value: unknown, path: readonly string[]): Members | undefined {
  let at = value;
  for (const name of path.slice(0, -1)) at = isObject(at) ? at[name] : undefined;
  return isObject(at) ? (at as Members) : undefined;
}

/** A name that ends with the name of a world, and where it stands. */
interface FoundName extends NameInWorld {
  readonly parent: Members;
  readonly member: string;
}

function findNames(auth: unknown, index: DirectoryIndex): readonly FoundName[] {
  return NAMING_MEMBERS.flatMap(({ path, isKnown }) => {
    const parent = parentOf(auth, path);
    const member = path.at(-1) as string;
    const text = parent?.[member];
    if (parent === undefined || typeof text !== 'string' || isKnown(text, index)) return [];
    const split = splitName(text);
    return split === undefined ? [] : [{ ...split, parent, member }];
  });
}

function findToken(auth: unknown): string | undefined {
  const ids = TOKEN_MEMBERS.map((path) => parentOf(auth, path)?.['id']);
  return ids.find((id) => typeof id === 'string');
}

/**
 * Finds the world of a login: by the name of a project, domain or user (`demo@t17`), else by a token. A name that
 * exists as a whole, such as `jane@example.org`, names no world.
 * @returns `undefined` if the body names no world.
 */
export function worldOfLogIn(body: Buffer, index: DirectoryIndex): WorldOfLogIn | undefined {
  if (!body.includes('@') && !body.includes('"token"')) return undefined;
  const value = tryParse(body);
  const auth = isObject(value) ? value['auth'] : undefined;
  const names = findNames(auth, index);
  const world = names[0]?.world;
  if (world === undefined) {
    const token = findToken(auth);
    return token === undefined ? undefined : { token };
  }
  for (const { parent, member, name, world: own } of names) if (own === world) parent[member] = name;
  return { world, body: Buffer.from(JSON.stringify(value)) };
}

/** `undefined` for a malformed body, which the service itself rejects. */
function tryParse(body: Buffer): unknown {
  try {
    return parsePythonJson(body);
  } catch {
    return undefined;
  }
}
