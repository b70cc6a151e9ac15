import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { rejectBody } from '../../glance/wire.ts';
import { nativeChangeHandler } from '../wire.ts';
import type { tagOperations } from './contract.ts';

/** A tag that the native operation accepts. */
const NATIVE_TAG = /^[\w-]{1,255}$/;

/** Handlers of the native operations on tags. */
export const nativeTagHandlers: OperationHandlers<
  Pick<typeof tagOperations, 'addImageTag' | 'deleteImageTag'>,
  Context
> = {
  addImageTag: nativeChangeHandler((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId, tag } = call.params;
    if (!NATIVE_TAG.test(tag)) throw new GlanceError(400, 'A tag has up to 255 digits, letters, _ and -.');
    cloud.images.addTag(caller, imageId, tag);
    return { status: 204 };
  }),

  deleteImageTag: nativeChangeHandler((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId, tag } = call.params;
    cloud.images.removeTag(caller, imageId, tag);
    return { status: 204 };
  }),
};
