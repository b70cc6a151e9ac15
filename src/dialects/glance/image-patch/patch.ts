import type { Image } from '../../../domain/image.ts';
import type { ImageChanges, NewLocations, Permit } from '../../../domain/images/image-changes.ts';
import { DomainError } from '../../../domain/problem.ts';
import { hasLoneSurrogateIn, LONE_SURROGATE_MESSAGE, parseJson } from '../../shared/json-body.ts';
import { ATTRIBUTES, isAttribute, isReserved, READ_ONLY } from '../attributes.ts';
import { GlanceError } from '../errors.ts';
import { type PatchForm, type PatchStep, parsePatch } from './json-patch.ts';
import { changeObject, objectAttribute } from './object-attributes.ts';

/** How an API patches images. */
export interface PatchRules {
  /** Whether the attribute `locations` is reserved; otherwise `applyPatch` rejects each change of it. */
  readonly reservesLocations: boolean;
  /**
   * Whether lone surrogates and pointers that are not strings are rejected with 400; otherwise the service fails on them
   * with 500.
   */
  readonly rejectsUnstorable: boolean;
  /** Converts values before they are stored, by attribute. */
  readonly convert?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** Throws if clients of this API cannot change an attribute, beyond those that no client can. */
  checkName?(name: string): void;
  /** Throws a GlanceError if an attribute cannot have a value. */
  checkValue(step: PatchStep): void;
  /** Returns whether an attribute is a property like any other in this service. */
  isProperty?(name: string): boolean;
  /** Returns whether the attribute cannot be removed even if the image does not have it. */
  isBaseAttribute?(name: string): boolean;
  /** Whether names of attributes of Glance's objects are not names of properties. */
  readonly hasObjectAttributes?: boolean;
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

/** Applies the steps of a patch to the locations of an image. */
export interface LocationSteps {
  /**
   * Applies one step.
   * @param changes - the changes of the steps before it.
   * @throws GlanceError, DomainError.
   */
  apply(step: PatchStep, changes: ImageChanges, permit: Permit | undefined): void;
  /** The new locations; `undefined` as long as no step has changed them. */
  readonly changed: NewLocations | undefined;
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
  /** Omitted in services that hide locations, which reject each change of them. */
  readonly locations?: LocationSteps | undefined;
}

/**
 * Applies the steps of a patch one after another.
 * @throws DomainError `attribute-missing` for a property that the image does not have, `attribute-required` for removing
 * what every image has; GlanceError 403 for locations, 409 for adding what the image has.
 */
export function applyPatch(steps: readonly PatchStep[], target: PatchTarget, rules: PatchRules): ImageChanges {
  const { image, permit, locations } = target;
  const changes: Record<string, unknown> = {};
  let properties: Map<string, string> | undefined;
  for (const step of steps) {
    const { name } = step;
    if (name === 'locations') {
      if (locations === undefined) throw locationsError(step);
      locations.apply(step, changes, permit);
      continue;
    }
    if (isAttribute(name) && rules.isProperty?.(name) !== true) {
      changes[ATTRIBUTES[name]] = changedAttribute({ ...step, name }, target, rules);
      continue;
    }
    permit?.({ properties: {} });
    properties ??= new Map(Object.entries(image.properties));
    applyToProperties(step, properties, target, rules);
  }
  if (properties !== undefined) changes['properties'] = Object.fromEntries(properties);
  if (locations?.changed !== undefined) changes['locations'] = locations.changed;
  return changes;
}

/** The new value of an attribute. */
function changedAttribute(
  { op, name, value }: PatchStep & { readonly name: keyof typeof ATTRIBUTES },
  { form, permit, locations }: PatchTarget,
  rules: PatchRules,
): unknown {
  if (op === 'remove') {
    permit?.(undefined);
    throw new DomainError({ kind: 'attribute-required', attribute: name });
  }
  if (op === 'add' && form === 'v2.0') throw alreadyPresent(name);
  const convert = rules.convert?.[name];
  const changed = convert === undefined ? value : convert(value);
  permit?.({ [ATTRIBUTES[name]]: changed }, op === 'add' ? 'give' : undefined);
  if (locations?.changed?.data !== undefined && name.endsWith('_format')) {
    throw new DomainError({ kind: 'not-allowed', action: 'change-format', subject: ATTRIBUTES[name] });
  }
  return changed;
}

function applyToProperties(
  step: PatchStep,
  properties: Map<string, string>,
  { form, showsStores }: PatchTarget,
  rules: PatchRules,
): void {
  const { op, name, value } = step;
  const isOfObject = rules.hasObjectAttributes === true && objectAttribute(name) !== undefined;
  const isPresent = isOfObject || properties.has(name) || (name === 'stores' && showsStores === true);
  if (op === 'add' && isPresent && form === 'v2.0') throw alreadyPresent(name);
  if (isOfObject) {
    changeObject(step);
    return;
  }
  if (op !== 'add' && !isPresent) {
    const isRequired = op === 'remove' && rules.isBaseAttribute?.(name) === true;
    throw new DomainError({ kind: isRequired ? 'attribute-required' : 'attribute-missing', attribute: name });
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

/** The error for a change of locations in a service that hides them. */
function locationsError({ op, value }: PatchStep): GlanceError {
  if (op !== 'replace') return new GlanceError(403, `It's not allowed to ${op} locations if locations are invisible.`);
  return Array.isArray(value) && value.length === 0
    ? new GlanceError(403, {
        message: 'Access was denied to this resource.',
        detail: 'Cannot set locations to empty list.',
      })
    : new GlanceError(403, "It's not allowed to update locations if locations are invisible.");
}
