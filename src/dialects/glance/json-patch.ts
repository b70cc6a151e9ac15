import { GlanceRefusal } from './errors.ts';
import { pythonRepr } from './python-repr.ts';

/** Media types of a patch: the first names operation and path apart, the second (deprecated) by one member. */
export const PATCH_TYPES = {
  'application/openstack-images-v2.1-json-patch': 'v2.1',
  'application/openstack-images-v2.0-json-patch': 'v2.0',
} as const;
export type PatchForm = (typeof PATCH_TYPES)[keyof typeof PATCH_TYPES];

/** The types as the Accept-Patch header of a refusal lists them. */
export const ACCEPT_PATCH = Object.keys(PATCH_TYPES).sort().join(', ');

const OPERATIONS = ['add', 'remove', 'replace'] as const;
const KNOWN = OPERATIONS.join(', ');
export type PatchOp = (typeof OPERATIONS)[number];

/** One step of a patch. */
export interface PatchStep {
  readonly op: PatchOp;
  /** The pointer's tokens, unescaped: one, or two below `locations`. */
  readonly path: readonly string[];
  /** Absent for `remove`. */
  readonly value?: unknown;
}

/**
 * Reads a patch.
 * @param check - is given each step as soon as it is read, so that the first step at fault decides the answer.
 * @throws GlanceRefusal 400 for what is no patch; 500 for a pointer that is no text, on which the service stumbles.
 */
export function parsePatch(value: unknown, form: PatchForm, check: (step: PatchStep) => void): readonly PatchStep[] {
  if (!Array.isArray(value)) throw bad('Request body must be a JSON array of operation objects.');
  return value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw bad('Operations must be JSON objects.');
    const change = item as Readonly<Record<string, unknown>>;
    const { op, pointer } = form === 'v2.1' ? nameApart(change) : nameByMember(change);
    if (op !== 'remove' && !Object.hasOwn(change, 'value')) {
      if (typeof pointer === 'string') checkPointer(pointer);
      throw bad(`Operation "${op}" requires a member named "value".`);
    }
    if (typeof pointer !== 'string') throw new GlanceRefusal(500, FAILED_ON_POINTER);
    checkPointer(pointer);
    const path = tokens(pointer, op);
    const step: PatchStep = op === 'remove' ? { op, path } : { op, path, value: change['value'] };
    check(step);
    return step;
  });
}

const FAILED_ON_POINTER = 'The server has either erred or is incapable of performing the requested operation.';

const bad = (message: string): GlanceRefusal => new GlanceRefusal(400, message);

interface Named {
  readonly op: PatchOp;
  readonly pointer: unknown;
}

function nameApart(change: Readonly<Record<string, unknown>>): Named {
  const op = change['op'];
  if (op === undefined || op === null) {
    throw bad(`Unable to find \`op\` in JSON Schema change. It must be one of the following: ${KNOWN}.`);
  }
  if (!OPERATIONS.includes(op as PatchOp)) {
    const shown = typeof op === 'string' ? op : pythonRepr(op);
    throw bad(`Invalid operation: \`${shown}\`. It must be one of the following: ${KNOWN}.`);
  }
  if (!Object.hasOwn(change, 'path')) throw bad("Unable to find 'path' in JSON Schema change");
  return { op: op as PatchOp, pointer: change['path'] };
}

function nameByMember(change: Readonly<Record<string, unknown>>): Named {
  const named = OPERATIONS.filter((op) => Object.hasOwn(change, op));
  const [op] = named;
  if (op === undefined) {
    throw bad('Operation objects must contain exactly one member named "add", "remove", or "replace".');
  }
  if (named.length > 1) {
    throw bad('Operation objects must contain only one member named "add", "remove", or "replace".');
  }
  return { op, pointer: change[op] };
}

/** The service's pointers are a narrower kind than RFC 6901's. */
function checkPointer(pointer: string): void {
  if (!pointer.startsWith('/')) throw bad(`Pointer \`${pointer}\` does not start with "/".`);
  if (/\/\//.test(pointer.slice(1))) throw bad(`Pointer \`${pointer}\` contains adjacent "/".`);
  if (pointer.length > 1 && pointer.endsWith('/')) throw bad(`Pointer \`${pointer}\` end with "/".`);
  if (/~(?![01])/.test(pointer)) {
    throw bad(`Pointer \`${pointer}\` contains "~" not part of a recognized escape sequence.`);
  }
}

function tokens(pointer: string, op: PatchOp): readonly string[] {
  // A second slash at the very start is overlooked.
  const path = pointer
    .replace(/^\/+/, '')
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  // Locations are replaced as a whole, and added and removed one by one; everything else has no parts.
  const most = path[0] === 'locations' && op !== 'replace' ? 2 : 1;
  if (path.length !== most) throw bad(`Invalid JSON pointer for this resource: '${pointer}'`);
  return path;
}
