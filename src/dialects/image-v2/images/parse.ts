import type { NewImage } from '../../../domain/images/image-changes.ts';
import { ATTRIBUTES, isAttribute, isReserved } from '../../glance/attributes.ts';
import { FAILED, GlanceRefusal } from '../../glance/errors.ts';
import { hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { NEVER_ACCEPTED, SERVICE_SET } from './schemas.ts';

/** Longest name of a property, in characters. */
const LONGEST_PROPERTY_NAME = 255;

/** Attributes that a create takes and does nothing with. */
const DROPPED: ReadonlySet<string> = new Set(['id', 'os_hash_algo', 'os_hash_value', 'locations', ...SERVICE_SET]);

type Body = Readonly<Record<string, unknown>>;

/**
 * Refuses attributes that a create must not name at all; the service looks for these before it looks at any value.
 * @throws GlanceRefusal 403.
 */
export function refuseNeverAccepted(body: Body): void {
  for (const name of NEVER_ACCEPTED) {
    if (Object.hasOwn(body, name)) throw new GlanceRefusal(403, `Attribute '${name}' is read-only.`);
  }
}

/**
 * Reads the body of a create, which fits the schema already.
 * @throws GlanceRefusal 400 or 403 for names that no property can have; 500 for text that no UTF-8 stands for.
 */
export function parseNewImage(body: Body): {
  readonly image: NewImage;
  readonly attempted: readonly string[];
} {
  refuseNeverAccepted(body);
  const properties: [string, string][] = [];
  const image: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (isAttribute(name)) image[ATTRIBUTES[name]] = value;
    else if (!DROPPED.has(name)) properties.push([name, value as string]);
  }
  checkNames(properties.map(([name]) => name));
  checkText(body);
  const { id } = body as { readonly id?: string };
  const wish: NewImage = {
    ...(image as NewImage),
    ...(id !== undefined && { id }),
    // A kernel or RAM disk may be said to be none.
    properties: Object.fromEntries(properties.filter(([, value]) => value !== null)),
  };
  const attempted = [...SERVICE_SET, 'locations'].filter((name) => Object.hasOwn(body, name));
  return { image: wish, attempted };
}

function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if ([...name].length > LONGEST_PROPERTY_NAME) {
      throw new GlanceRefusal(400, `Custom property should not be greater than ${LONGEST_PROPERTY_NAME} characters.`);
    }
  }
  for (const name of names) {
    if (isReserved(name)) {
      throw new GlanceRefusal(403, {
        message: 'Access was denied to this resource.',
        detail: `Attribute '${name}' is reserved.`,
      });
    }
  }
}

function checkText(value: unknown): void {
  if (hasLoneSurrogateIn(value)) throw new GlanceRefusal(500, FAILED);
}
