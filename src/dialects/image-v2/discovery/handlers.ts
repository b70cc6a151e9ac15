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

/** Handlers of the operations that return quotas, import methods and stores. */
export const discoveryHandlers: OperationHandlers<typeof discoveryOperations, Context> = {
  discoverUsage: withErrorMapping((call, { cloud, caller }) => {
    failOnBody(call);
    const { images, bytes, stagedBytes, uploading } = cloud.images.usage(caller.projectId);
    const { imageSizeTotal, imageCountTotal, imageStageTotal, imageCountUploading } = cloud.limits;
    const usage = {
      ...quota('image_size_total', { limit: imageSizeTotal ?? null, usage: bytes, unit: MEBIBYTE }),
      ...quota('image_count_total', { limit: imageCountTotal, usage: images }),
      ...quota('image_stage_total', { limit: imageStageTotal ?? null, usage: stagedBytes, unit: MEBIBYTE }),
      ...quota('image_count_uploading', { limit: imageCountUploading ?? null, usage: uploading }),
    };
    return textReply(200, pythonJson({ usage }));
  }),

  discoverImport: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    if (!caller.isAdmin && choiceOf(cloud, 'discovery') === 'administrators') throw notAuthorized('get_import_info');
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

/** A quota of a project. */
interface Quota {
  readonly limit: number | null;
  readonly usage: number;
  /** Number of bytes that count as one. Default: 1. */
  readonly unit?: number;
}

/** Presents a quota; an empty object if it is unlimited. */
const quota = (name: string, { limit, usage, unit = 1 }: Quota): Json =>
  limit === null ? {} : { [name]: { limit: Math.floor(limit / unit), usage: Math.floor(usage / unit) } };
