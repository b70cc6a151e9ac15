import { compile, type JsonSchema, type Violation } from '../../../contract/schema.ts';
import { GlanceError } from '../../glance/errors.ts';
import type { ImageForm } from '../releases.ts';
import { type DescribedSchema, violationMessage } from '../schema-messages.ts';
import { IMAGE_PROPERTIES, IMAGE_REQUEST, OTHER_PROPERTY, withoutMarks } from './schemas.ts';

const IMAGE_SCHEMA: DescribedSchema = {
  name: 'image',
  document: {},
  properties: IMAGE_PROPERTIES,
  isTypeFirst: true,
  others: OTHER_PROPERTY,
};

/** Returns the message for an image body that breaks the schema. */
export const imageViolationMessage = (violations: readonly Violation[]): string =>
  violationMessage(violations, IMAGE_SCHEMA);

const checkImage = compile(IMAGE_REQUEST);

/** The properties of images in a release. */
function propertiesIn(form: ImageForm): Readonly<Record<string, JsonSchema>> {
  const { os_hidden, os_hash_algo, os_hash_value, stores, ...older } = IMAGE_PROPERTIES;
  const properties = form.hasHidden ? IMAGE_PROPERTIES : older;
  if (form.hasShared) return properties;
  return { ...properties, visibility: { ...properties['visibility'], enum: ['public', 'private'] } };
}

const checks = new Map<ImageForm, (attributes: Attributes) => void>();

function checkIn(form: ImageForm): (attributes: Attributes) => void {
  let check = checks.get(form);
  if (check === undefined) {
    const properties = propertiesIn(form);
    const violationsOf = compile({ ...IMAGE_REQUEST, properties: withoutMarks(properties) });
    const schema = { ...IMAGE_SCHEMA, properties };
    check = (attributes) => {
      const violations = violationsOf(attributes);
      if (violations.length > 0) throw new GlanceError(400, violationMessage(violations, schema));
    };
    checks.set(form, check);
  }
  return check;
}

/**
 * Checks attributes of an image by the schema of an older release.
 * @throws GlanceError 400 if they break it.
 */
export const checkOlderAttributes = (attributes: Attributes, form: ImageForm): void => checkIn(form)(attributes);

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Checks attributes of an image.
 * @throws GlanceError 400 if they break its schema.
 */
export function checkAttributes(attributes: Readonly<Record<string, unknown>>): void {
  const violations = checkImage(attributes);
  if (violations.length > 0) throw new GlanceError(400, imageViolationMessage(violations));
}
