import type { NewImage } from '../../../domain/images/image-changes.ts';
import { ATTRIBUTES, isAttribute, isReserved } from '../../glance/attributes.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { REJECTED_FIRST, SERVICE_SET } from './schemas.ts';

/** Maximum length of a property name, in characters. */
const MAX_PROPERTY_NAME_LENGTH = 255;

/** Attributes that `createImage` accepts and ignores. */
const DROPPED: ReadonlySet<string> = new Set(['id', 'os_hash_algo', 'os_hash_value', 'locations', ...SERVICE_SET]);

type Body = Readonly<Record<string, unknown>>;

/**
 * Rejects attributes that `createImage` never accepts; the service checks these before any value.
 * @throws GlanceError 403.
 */
export function rejectReadOnlyAttributes(body: Body): void {
  for (const name of REJECTED_FIRST) {
    if (Object.hasOwn(body, name)) throw new GlanceError(403, `Attribute '${name}' is read-only.`);
  }
}

/**
 * Parses the body of `createImage`, which has passed its schema.
 * @throws GlanceError 400 or 403 for names that no property can have; 500 for text that UTF-8 cannot encode.
 */
export function parseNewImage(body: Body): {
  readonly image: NewImage;
  readonly attempted: readonly string[];
} {
  rejectReadOnlyAttributes(body);
  const properties: [string, string][] = [];
  const image: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (isAttribute(name)) image[ATTRIBUTES[name]] = value;
    else if (!DROPPED.has(name)) properties.push([name, value as string]);
  }
  checkNames(properties.map(([name]) => name));
  const attempted = [...SERVICE_SET, 'locations'].filter((name) => Object.hasOwn(body, name));
  // Attributes that only the service sets are refused before the text is stored.
  if (attempted.length === 0) checkText(body);
  const { id } = body as { readonly id?: string };
  const newImage: NewImage = {
    ...(image as NewImage),
    ...(id !== undefined && { id }),
    // The id of a kernel or RAM disk can be null.
    properties: Object.fromEntries(properties.filter(([, value]) => value !== null)),
  };
  return { image: newImage, attempted };
}

function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if (name.length > MAX_PROPERTY_NAME_LENGTH && [...name].length > MAX_PROPERTY_NAME_LENGTH) {
      throw new GlanceError(400, `Custom property should not be greater than ${MAX_PROPERTY_NAME_LENGTH} characters.`);
    }
  }
  for (const name of names) {
    if (isReserved(name)) {
      throw new GlanceError(403, {
        message: 'Access was denied to this resource.',
        detail: `Attribute '${name}' is reserved.`,
      });
    }
  }
}

function checkText(value: unknown): void {
  if (hasLoneSurrogateIn(value)) throw new GlanceError(500, FAILED);
}
