import { FAILED, GlanceError } from '../../glance/errors.ts';
import type { PatchRules } from '../../glance/image-patch/patch.ts';
import { hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { checkAttributes } from './check-attributes.ts';
import { isBaseAttribute } from './schemas.ts';

/** How this API patches images. */
export const PATCH_RULES: PatchRules = {
  reservesLocations: false,
  rejectsUnstorable: false,
  checkValue({ name, isItem, value }) {
    checkAttributes({ [name]: isItem ? [value] : value });
    if (hasLoneSurrogateIn(value) || hasLoneSurrogateIn(name)) throw new GlanceError(500, FAILED);
  },
  // The service stores a property `stores` like any other, although its schema lists it.
  isBaseAttribute: (name) => isBaseAttribute(name) && name !== 'stores',
};
