/**
 * Names of properties that Glance takes for attributes of the object that holds an image: it can create an image with such a
 * property, and can neither set it in a patch nor remove it.
 */
import { DomainError } from '../../../domain/problem.ts';
import { FAILED, GlanceError } from '../errors.ts';
import type { PatchStep } from './json-patch.ts';

/** What setting such a property does: nothing, or one of two errors. */
export type ObjectAttribute = 'ignored' | 'failing' | 'image-id';

const names = (text: string, kind: ObjectAttribute): readonly (readonly [string, ObjectAttribute])[] =>
  text.split(' ').map((name) => [name, kind]);

const OBJECT_ATTRIBUTES: ReadonlyMap<string, ObjectAttribute> = new Map([
  ...names('__class__ __dict__ __weakref__ base extra_properties', 'failing'),
  ...names('image_id', 'image-id'),
  ...names('context delete deactivate get_data get_payload get_super_class helper member notifier', 'ignored'),
  ...names('reactivate repo send_notification set_data _abc_impl _format_image_send', 'ignored'),
  ...names('_format_import_properties _get_chunk_data_iterator __abstractmethods__ __delattr__', 'ignored'),
  ...names('__dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__ __hash__', 'ignored'),
  ...names('__init__ __init_subclass__ __le__ __lt__ __module__ __ne__ __new__ __reduce__', 'ignored'),
  ...names('__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__', 'ignored'),
]);

/** Returns what setting a property does, if Glance takes its name for an attribute of its object. */
export const objectAttribute = (name: string): ObjectAttribute | undefined => OBJECT_ATTRIBUTES.get(name);

/**
 * Applies a step to the object that holds an image, which changes nothing.
 * @throws DomainError `attribute-required` for a removal, `image-not-found` for another id of the image; GlanceError 500.
 */
export function changeObject({ op, name, value }: PatchStep): void {
  const kind = objectAttribute(name);
  if (op === 'remove') throw new DomainError({ kind: 'attribute-required', attribute: name });
  if (kind === 'failing') throw new GlanceError(500, FAILED);
  if (kind === 'image-id') throw new DomainError({ kind: 'image-not-found', imageId: String(value), purpose: 'show' });
}
