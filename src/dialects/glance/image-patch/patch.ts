import type { Image } from '../../../domain/image.ts';
import type { ImageChanges, Permit } from '../../../domain/images/image-changes.ts';
import { DomainError } from '../../../domain/problem.ts';
import { hasLoneSurrogateIn, LONE_SURROGATE_MESSAGE, parseJson } from '../../shared/json-body.ts';
import { ATTRIBUTES, isAttribute, isReserved, READ_ONLY } from '../attributes.ts';
import { GlanceError } from '../errors.ts';
import { type PatchForm, type PatchStep, parsePatch } from './json-patch.ts';

/** How patches of one API differ. */
export interface PatchRules {
  /** Whether the whole of `locations` is reserved; otherwise `applyPatch` rejects each change of it. */
  readonly reservesLocations: boolean;
  /**
   * Whether half a character and a pointer that is not a string are rejected with 400; otherwise the service fails on
   * them with 500.
   */
  readonly rejectsUnstorable: boolean;
  /** Converts values before they are stored, by attribute. */
  readonly convert?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** Throws if clients of this API cannot change an attribute, beyond those that no client can. */
  checkName?(name: string): void;
  /** Throws a GlanceError if an attribute cannot have a value. */
  checkValue(step: PatchStep): void;
  /** Returns whether the attribute cannot be removed even if the image does not have it. */
  isKept?(name: string): boolean;
}

/**
 * Parses a patch of an image.
 * @param document - JSON value of the body.
 * @throws DomainError `read-only` and `reserved`; GlanceError 400 and 500.
 */
export function parseImagePatch(document: unknown, form: PatchForm, rules: PatchRules): readonly PatchStep[] {
  if (!rules.rejectsUnstorable) return parsePatch(document, form, (step) => checkStep(step, rules));
  if (hasLoneSurrogateIn(document)) throw new GlanceError(400, LONE_SURROGATE_MESSAGE);
  try {
    return parsePatch(document, form, (step) => checkStep(step, rules));
  } catch (error) {
    if (error instanceof GlanceError && error.status >= 500) throw new GlanceError(400, 'A pointer is a text.');
    throw error;
  }
}

/**
 * Parses the JSON of a patch.
 * @throws GlanceError 400
 */
export function parsePatchBody(body: Buffer | undefined): unknown {
  if (body === undefined) throw new GlanceError(400, 'Body expected in request.');
  try {
    return parseJson(body);
  } catch {
    throw new GlanceError(400, 'Malformed JSON in request body.');
  }
}

/**
 * Checks whether clients can change an attribute, and set it to the value.
 * @throws DomainError `read-only`, `reserved`; GlanceError 400.
 */
export function checkStep(step: PatchStep, rules: PatchRules): void {
  const { op, name } = step;
  checkName(name, rules);
  if (op !== 'remove') rules.checkValue(step);
}

/**
 * Checks whether clients can change an attribute.
 * @throws DomainError `read-only`, `reserved`.
 */
export function checkName(name: string, rules: PatchRules): void {
  if (READ_ONLY.has(name)) throw new DomainError({ kind: 'read-only', attribute: name });
  if (isReserved(name) || (rules.reservesLocations && name === 'locations')) {
    throw new DomainError({ kind: 'reserved', attribute: name });
  }
  rules.checkName?.(name);
}

/** What a patch is applied to. */
export interface PatchTarget {
  readonly image: Pick<Image, 'properties'>;
  /** The form `v2.0` cannot add what the image already has; without a form, anything can be added. */
  readonly form?: PatchForm;
  /** Whether the image shows the property `stores`, which then counts as present. */
  readonly showsStores?: boolean;
  /** Called before each step, so that the first step without permission decides the error. */
  readonly permit?: Permit;
}

/**
 * Applies the steps of a patch one after another.
 * @throws DomainError `attribute-missing` for a property that the image does not have, `attribute-kept` for removing
 * what every image has; GlanceError 403 for locations, 409 for adding what the image has.
 */
export function applyPatch(steps: readonly PatchStep[], target: PatchTarget, rules: PatchRules): ImageChanges {
  const { image, form, permit } = target;
  const changes: Record<string, unknown> = {};
  let properties: Map<string, string> | undefined;
  for (const step of steps) {
    const { op, name } = step;
    if (name === 'locations') throw locationsError(step);
    if (isAttribute(name)) {
      const key = ATTRIBUTES[name];
      if (op === 'remove') {
        permit?.(undefined);
        throw new DomainError({ kind: 'attribute-kept', attribute: name });
      }
      if (op === 'add' && form === 'v2.0') throw alreadyPresent(name);
      const value = rules.convert?.[name] === undefined ? step.value : rules.convert[name](step.value);
      permit?.({ [key]: value }, op === 'add' ? 'give' : undefined);
      changes[key] = value;
      continue;
    }
    permit?.({ properties: {} });
    properties ??= new Map(Object.entries(image.properties));
    applyToProperties(step, properties, target, rules);
  }
  if (properties !== undefined) changes['properties'] = Object.fromEntries(properties);
  return changes;
}

function applyToProperties(
  { op, name, value }: PatchStep,
  properties: Map<string, string>,
  { form, showsStores }: PatchTarget,
  rules: PatchRules,
): void {
  const isPresent = properties.has(name) || (name === 'stores' && showsStores === true);
  if (op === 'add') {
    if (isPresent && form === 'v2.0') throw alreadyPresent(name);
  } else if (!isPresent) {
    const isKept = op === 'remove' && rules.isKept?.(name) === true;
    throw new DomainError({ kind: isKept ? 'attribute-kept' : 'attribute-missing', attribute: name });
  }
  // Setting the id of a kernel or RAM disk to null removes it.
  if (op === 'remove' || value === null) properties.delete(name);
  else properties.set(name, value as string);
}

const alreadyPresent = (name: string): GlanceError =>
  new GlanceError(409, {
    message: 'There was a conflict when trying to complete your request.',
    detail: `Property ${name} already present.`,
  });

/** The service hides locations unless its operator shows them; here it hides them. */
function locationsError({ op, value }: PatchStep): GlanceError {
  if (op !== 'replace') return new GlanceError(403, `It's not allowed to ${op} locations if locations are invisible.`);
  return Array.isArray(value) && value.length === 0
    ? new GlanceError(403, {
        message: 'Access was denied to this resource.',
        detail: 'Cannot set locations to empty list.',
      })
    : new GlanceError(403, "It's not allowed to update locations if locations are invisible.");
}
