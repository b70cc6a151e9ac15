import { parsePointer } from '../../../base/json-pointer.ts';
import { GlanceError } from '../errors.ts';
import { pythonRepr } from '../python-repr.ts';

/** Media types of a patch. The first has members `op` and `path`, the second (deprecated) one member for both. */
const PATCH_TYPES = {
  'application/openstack-images-v2.1-json-patch': 'v2.1',
  'application/openstack-images-v2.0-json-patch': 'v2.0',
} as const;
/** Form of a patch. */
export type PatchForm = (typeof PATCH_TYPES)[keyof typeof PATCH_TYPES];

/** Returns the form of a media type; `undefined` if it is not the type of a patch. */
export const patchForm = (mediaType: string): PatchForm | undefined =>
  Object.hasOwn(PATCH_TYPES, mediaType) ? PATCH_TYPES[mediaType as keyof typeof PATCH_TYPES] : undefined;

/** Returns the form of a Content-Type header, regardless of case and parameters. */
export const patchFormOf = (contentType: string | undefined): PatchForm | undefined =>
  patchForm(contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '');

/** Value of the Accept-Patch header. */
export const ACCEPT_PATCH = Object.keys(PATCH_TYPES).sort().join(', ');

const OPERATIONS = ['add', 'remove', 'replace'] as const;
const OPERATION_LIST = OPERATIONS.join(', ');
/** What a step does. */
export type PatchOp = (typeof OPERATIONS)[number];

/** One step of a patch. */
export interface PatchStep {
  readonly op: PatchOp;
  /** Name of the attribute or property, unescaped. */
  readonly name: string;
  /** Position of the item that the pointer addresses; only `locations` has items. */
  readonly item?: string;
  /** Omitted for `remove`. */
  readonly value?: unknown;
}

/**
 * Parses a patch.
 * @param check - called with each step as soon as it is parsed, so that the first invalid step decides the error.
 * @throws GlanceError 400 for an invalid patch; 500 for a pointer that is not a string, on which the service fails.
 */
export function parsePatch(value: unknown, form: PatchForm, check: (step: PatchStep) => void): readonly PatchStep[] {
  if (!Array.isArray(value)) throw bad('Request body must be a JSON array of operation objects.');
  return value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw bad('Operations must be JSON objects.');
    const change = item as Readonly<Record<string, unknown>>;
    const { op, pointer } = form === 'v2.1' ? parseV21(change) : parseV20(change);
    if (op !== 'remove' && !Object.hasOwn(change, 'value')) {
      if (typeof pointer === 'string') checkPointer(pointer);
      throw bad(`Operation "${op}" requires a member named "value".`);
    }
    if (typeof pointer !== 'string') throw new GlanceError(500, FAILED_ON_POINTER);
    checkPointer(pointer);
    const target = resolve(withoutBlanks(pointer), op);
    const step: PatchStep = op === 'remove' ? { op, ...target } : { op, ...target, value: change['value'] };
    check(step);
    return step;
  });
}

const FAILED_ON_POINTER = 'The server has either erred or is incapable of performing the requested operation.';

const bad = (message: string): GlanceError => new GlanceError(400, message);

/** Operation and pointer of a step, not yet checked. */
interface RawStep {
  readonly op: PatchOp;
  readonly pointer: unknown;
}

function parseV21(change: Readonly<Record<string, unknown>>): RawStep {
  const op = change['op'];
  if (op === undefined || op === null) {
    throw bad(`Unable to find \`op\` in JSON Schema change. It must be one of the following: ${OPERATION_LIST}.`);
  }
  if (!OPERATIONS.includes(op as PatchOp)) {
    const shown = typeof op === 'string' ? op : pythonRepr(op);
    throw bad(`Invalid operation: \`${shown}\`. It must be one of the following: ${OPERATION_LIST}.`);
  }
  if (!Object.hasOwn(change, 'path')) throw bad("Unable to find 'path' in JSON Schema change");
  return { op: op as PatchOp, pointer: change['path'] };
}

function parseV20(change: Readonly<Record<string, unknown>>): RawStep {
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

/** Checks a pointer by the rules of the service, which are stricter than RFC 6901. */
function checkPointer(pointer: string): void {
  if (!pointer.startsWith('/')) throw bad(`Pointer \`${pointer}\` does not start with "/".`);
  if (/\/\//.test(pointer.slice(1))) throw bad(`Pointer \`${pointer}\` contains adjacent "/".`);
  if (pointer.length > 1 && pointer.endsWith('/')) throw bad(`Pointer \`${pointer}\` end with "/".`);
  if (/~(?![01])/.test(pointer)) {
    throw bad(`Pointer \`${pointer}\` contains "~" not part of a recognized escape sequence.`);
  }
}

/** Removes the blanks around each part of a pointer. */
const withoutBlanks = (pointer: string): string =>
  /\s/.test(pointer)
    ? pointer
        .split('/')
        .map((part) => part.trim())
        .join('/')
    : pointer;

function resolve(pointer: string, op: PatchOp): Pick<PatchStep, 'name' | 'item'> {
  // The service ignores a second slash at the start.
  const path = parsePointer(pointer.replace(/^\/*/, '/'));
  // A replace covers all locations; an add or remove addresses one. No other attribute has items.
  const isItem = path[0] === 'locations' && op !== 'replace';
  if (path.length !== (isItem ? 2 : 1)) throw bad(`Invalid JSON pointer for this resource: '${pointer}'`);
  return { name: path[0] as string, ...(isItem && { item: path[1] as string }) };
}
