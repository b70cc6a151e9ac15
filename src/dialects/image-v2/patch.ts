import type { Image } from '../../domain/image.ts';
import type { ImageChanges, Permit } from '../../domain/images/image-changes.ts';
import { FAILED, GlanceRefusal } from '../glance/errors.ts';
import type { PatchForm, PatchStep } from '../glance/json-patch.ts';
import { hasLoneSurrogateIn } from '../shared/json-body.ts';
import { ATTRIBUTES, isAttribute } from './parse.ts';
import { checkAttributes } from './schema-words.ts';
import { isBaseAttribute, isReserved, READ_ONLY } from './schemas.ts';

/**
 * Holds one step of a patch against the schema, whatever image it is for.
 * @throws GlanceRefusal 403 for attributes that are not the client's, 400 for values that do not fit.
 */
export function checkStep({ op, path, value }: PatchStep): void {
  const name = path[0] as string;
  if (READ_ONLY.has(name)) throw new GlanceRefusal(403, `Attribute '${name}' is read-only.`);
  if (isReserved(name)) throw new GlanceRefusal(403, `Attribute '${name}' is reserved.`);
  if (op === 'remove') return;
  // The service keeps a property `stores` like any other, whatever its schema says.
  checkAttributes({ [name]: path.length > 1 ? [value] : value });
  if (hasLoneSurrogateIn(value) || hasLoneSurrogateIn(name)) throw new GlanceRefusal(500, FAILED);
}

/**
 * Applies the steps of a patch one after another.
 * @returns what changes in the end.
 * @throws GlanceRefusal 403 or 409 for a step that this image does not allow.
 */
export function applyPatch(steps: readonly PatchStep[], form: PatchForm, image: Image, permit: Permit): ImageChanges {
  const changes: Record<string, unknown> = {};
  let properties: Map<string, string> | undefined;
  for (const step of steps) {
    const name = step.path[0] as string;
    if (name === 'locations') throw refuseLocations(step);
    if (isAttribute(name)) {
      const key = ATTRIBUTES[name];
      if (step.op === 'remove') {
        permit(undefined);
        throw denied(`Property ${name} may not be removed.`);
      }
      if (step.op === 'add' && form === 'v2.0') throw present(name);
      const change: ImageChanges = { [key]: step.value };
      permit(change, step.op === 'add' ? 'give' : undefined);
      changes[key] = step.value;
      continue;
    }
    permit({ properties: {} });
    properties ??= new Map(Object.entries(image.properties));
    applyProperty(step, form, properties, image);
  }
  if (properties !== undefined) changes['properties'] = Object.fromEntries(properties);
  return changes;
}

function applyProperty(step: PatchStep, form: PatchForm, properties: Map<string, string>, image: Image): void {
  const name = step.path[0] as string;
  // Where the data is shows as `stores`, and counts as there.
  const isThere = properties.has(name) || (name === 'stores' && image.data !== null);
  if (step.op === 'add') {
    if (isThere && form === 'v2.0') throw present(name);
  } else if (!isThere) {
    if (isBaseAttribute(name) && name !== 'stores' && step.op === 'remove') {
      throw denied(`Property ${name} may not be removed.`);
    }
    throw conflict(`Property ${name} does not exist.`);
  }
  if (step.op === 'remove' || step.value === null) properties.delete(name);
  else properties.set(name, step.value as string);
}

const denied = (detail: string): GlanceRefusal =>
  new GlanceRefusal(403, {
    message: 'Access was denied to this resource.',
    detail,
  });

const conflict = (detail: string): GlanceRefusal =>
  new GlanceRefusal(409, {
    message: 'There was a conflict when trying to complete your request.',
    detail,
  });

const present = (name: string): GlanceRefusal => conflict(`Property ${name} already present.`);

/** The service keeps locations to itself unless the operator shows them, as here. */
function refuseLocations({ op, value }: PatchStep): GlanceRefusal {
  if (op === 'replace') {
    return Array.isArray(value) && value.length === 0
      ? denied('Cannot set locations to empty list.')
      : new GlanceRefusal(403, "It's not allowed to update locations if locations are invisible.");
  }
  return new GlanceRefusal(403, `It's not allowed to ${op} locations if locations are invisible.`);
}
