import { compile, type Violation } from '../../../contract/schema.ts';
import { GlanceError } from '../../glance/errors.ts';
import { type DescribedSchema, violationMessage } from '../schema-messages.ts';
import { IMAGE_PROPERTIES, IMAGE_REQUEST, OTHER_PROPERTY } from './schemas.ts';

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

/**
 * Checks attributes of an image.
 * @throws GlanceError 400 if they break its schema.
 */
export function checkAttributes(attributes: Readonly<Record<string, unknown>>): void {
  const violations = checkImage(attributes);
  if (violations.length > 0) throw new GlanceError(400, imageViolationMessage(violations));
}
