import { FAILED, GlanceError } from '../../glance/errors.ts';
import type { PatchRules } from '../../glance/image-patch/patch.ts';
import { hasLoneSurrogateIn } from '../../shared/json-body.ts';
import { CURRENT, type ImageForm } from '../releases.ts';
import { checkAttributes, checkOlderAttributes } from './check-attributes.ts';
import { IMAGE_PROPERTIES, isBaseAttribute } from './schemas.ts';

/** How this API patches images of a form. In older ones, attributes that came later are properties like any other. */
export function patchRulesIn(form: ImageForm): PatchRules {
  if (form === CURRENT) return PATCH_RULES;
  const isLater = (name: string): boolean => name === 'os_hidden' && !form.hasHidden;
  return {
    ...PATCH_RULES,
    checkValue(step) {
      PATCH_RULES.checkValue(isLater(step.name) ? { ...step, name: 'any' } : step);
      const { name, item, value } = step;
      checkOlderAttributes({ [name]: item === undefined ? value : [value] }, form);
    },
    isProperty: isLater,
    isBaseAttribute: (name) => !isLater(name) && PATCH_RULES.isBaseAttribute?.(name) === true,
  };
}

/** How this API patches images. */
export const PATCH_RULES: PatchRules = {
  reservesLocations: false,
  rejectsUnstorable: false,
  hasObjectAttributes: true,
  checkValue({ name, item, value }) {
    // Long patches add many properties.
    const isPlainProperty = typeof value === 'string' && !Object.hasOwn(IMAGE_PROPERTIES, name);
    if (!isPlainProperty) checkAttributes({ [name]: item === undefined ? value : [value] });
    if (hasLoneSurrogateIn(value) || hasLoneSurrogateIn(name)) throw new GlanceError(500, FAILED);
  },
  // The service stores a property `stores` like any other, although its schema lists it.
  isBaseAttribute: (name) => isBaseAttribute(name) && name !== 'stores',
};
