import { GlanceError } from '../../glance/errors.ts';
import { type PatchStep, parsePatch } from '../../glance/image-patch/json-patch.ts';
import { checkName } from '../../glance/image-patch/patch.ts';
import { PATCH_RULES } from '../images/parse.ts';
import { ImsError } from '../wire.ts';
import { checkChange } from './attributes.ts';

/** Page sizes of IMS lists. The reference names no maximum. */
export const CLOUD_IMAGE_PAGE = { default: 500, max: 1000 };

/**
 * Parses the body of `updateCloudImage`.
 * @throws ImsError; DomainError `read-only`, `reserved`.
 */
export function parseChanges(body: unknown): readonly PatchStep[] {
  try {
    return parsePatch(body, 'v2.1', () => undefined).map((step) => {
      checkName(step.name, PATCH_RULES);
      return checkChange(step);
    });
  } catch (error) {
    if (error instanceof GlanceError) throw new ImsError('IMG.0001', error.message);
    throw error;
  }
}
