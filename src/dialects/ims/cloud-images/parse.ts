import { GlanceRefusal } from '../../glance/errors.ts';
import { checkStep, type PatchOperation } from '../../glance/image-patch.ts';
import { parsePatch } from '../../glance/json-patch.ts';
import { PATCH_RULES } from '../images/parse.ts';
import { ImsError } from '../wire.ts';
import { checkChange } from './attributes.ts';

/** Page sizes of IMS lists. The reference names no maximum. */
export const CLOUD_IMAGE_PAGE = { default: 500, max: 1000 };

/**
 * Parses the body of `updateCloudImage`.
 * @throws ImsError; DomainError `read-only`, `reserved`.
 */
export function parseChanges(body: unknown): readonly PatchOperation[] {
  try {
    return parsePatch(body, 'v2.1', () => undefined).map(({ op, path: [name = ''], value }) => {
      // A removal checks only whether the attribute can be changed; `checkChange` checks the value.
      checkStep({ op: 'remove', name }, PATCH_RULES);
      return checkChange({ op, name, value });
    });
  } catch (error) {
    if (error instanceof GlanceRefusal) throw new ImsError('IMG.0001', error.message);
    throw error;
  }
}
