import type { Json } from '../../../base/json.ts';
import { MEBIBYTE } from '../../../base/size.ts';
import type { OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { failOnBody, rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { IMPORT_METHODS } from '../import/methods.ts';
import { choiceOf } from '../profiles.ts';
import { notAuthorized, requireStores } from '../requests.ts';
import type { discoveryOperations } from './contract.ts';

/** Handlers of the operations that tell clients about quotas, import methods and stores. */
export const discoveryHandlers: OperationHandlers<typeof discoveryOperations, Context> = {
  discoverUsage: withErrorMapping((call, { cloud, caller }) => {
    failOnBody(call);
    const { images, bytes, stagedBytes, uploading } = cloud.images.usage(caller.projectId);
    const { imageSizeTotal, imageCountTotal, imageStageTotal, imageCountUploading } = cloud.limits;
    const usage = {
      ...shown('image_size_total', imageSizeTotal ?? null, bytes, MEBIBYTE),
      ...shown('image_count_total', imageCountTotal, images),
      ...shown('image_stage_total', imageStageTotal ?? null, stagedBytes, MEBIBYTE),
      ...shown('image_count_uploading', imageCountUploading ?? null, uploading),
    };
    return textReply(200, pythonJson({ usage }));
  }),

  discoverImport: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    if (choiceOf(cloud, 'discovery') === 'administrators' && !caller.isAdmin) throw notAuthorized('get_import_info');
    const value = Object.keys(IMPORT_METHODS);
    return textReply(
      200,
      pythonJson({ 'import-methods': { description: 'Import methods available.', type: 'array', value } }),
    );
  }),

  discoverStores: withErrorMapping((call, { cloud }) => {
    rejectBody(call);
    const stores = requireStores(cloud).map((store) => ({
      id: store.id,
      ...(store.description !== undefined && { description: store.description }),
      ...(store.isDefault === true && { default: 'true' }),
      ...(store.isReadOnly === true && { 'read-only': 'true' }),
    }));
    return textReply(200, pythonJson({ stores }));
  }),

  discoverStoresDetail: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    if (!caller.isAdmin) throw notAuthorized('stores_info_detail');
    const stores = requireStores(cloud).map((store) => ({
      id: store.id,
      ...(store.description !== undefined && { description: store.description }),
      ...(store.isDefault === true && { default: 'true' }),
      ...(store.isReadOnly === true && { 'read-only': 'true' }),
      type: store.type ?? 'file',
      ...(store.weight !== undefined && { weight: store.weight }),
      properties: store.properties ?? {},
    }));
    return textReply(200, pythonJson({ stores }));
  }),
};

/** A limit and its usage in `unit` bytes; nothing if there is no limit. */
const shown = (name: string, limit: number | null, usage: number, unit = 1): Json =>
  limit === null ? {} : { [name]: { limit: Math.floor(limit / unit), usage: Math.floor(usage / unit) } };
