import { isObject, type Json } from '../../../base/json.ts';
import type { OperationHandlers } from '../../../contract/contract.ts';
import type { ImportMethod, ImportRequest } from '../../../domain/imports/import-request.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { pythonStr } from '../../glance/python-repr.ts';
import { emptyReply, parseBody, rejectBody, type SentBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { inspectionIn } from '../image-data/inspection.ts';
import { choiceOf } from '../profiles.ts';
import { requireJson, requireStores } from '../requests.ts';
import { imageTaskText } from '../tasks/present.ts';
import type { importOperations } from './contract.ts';
import { presentLocation } from './locations.ts';
import { IMPORT_METHODS } from './methods.ts';

/** Handlers of the operations that import images, remove them from stores, and add locations. */
export const importHandlers: OperationHandlers<typeof importOperations, Context> = {
  importImage: withErrorMapping(async (call, { cloud, caller, requestId }) => {
    requireJson(call, cloud);
    const request = parseImport(call);
    await cloud.imports.start(caller, call.params.image_id, { ...request, requestId, inspection: inspectionIn(cloud) });
    return emptyReply(202);
  }),

  showImageTasks: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    try {
      cloud.images.show(caller, call.params.image_id);
    } catch (error) {
      // This operation has no message of its own for a missing image.
      if (error instanceof DomainError) throw new GlanceError(404, 'The resource could not be found.');
      throw error;
    }
    const tasks = cloud.tasks.ofImage(call.params.image_id).filter(({ api, owner, isUnseen }) => {
      return api === 'image-v2' && isUnseen === undefined && (caller.isAdmin || owner === caller.projectId);
    });
    return textReply(200, `{"tasks": [${tasks.toReversed().map(imageTaskText).join(', ')}]}`);
  }),

  deleteImageFromStore: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    requireStores(cloud);
    cloud.imports.locations.removeFromStore(caller, call.params.store_id, call.params.image_id);
    return emptyReply(204);
  }),

  addImageLocation: withErrorMapping(async (call, { cloud, caller }) => {
    const { url: address, validation } = parseLocation(call);
    await cloud.imports.locations.add(caller, { imageId: call.params.image_id, address, validation });
    return choiceOf(cloud, 'add-location') === 'accepted' ? emptyReply(202) : emptyReply(200);
  }),

  listImageLocations: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const imageId = call.params.image_id;
    const locations = cloud.imports.locations.list(caller, imageId);
    return textReply(200, pythonJson(locations.map((location) => presentLocation(location, imageId, cloud.stores))));
  }),
};

/**
 * Parses the body of `importImage`.
 * @throws GlanceError 400 or 500.
 */
export function parseImport(call: SentBody): ImportRequest {
  const request = parseBody(call);
  if (Array.isArray(request)) throw new GlanceError(500, FAILED);
  const body = request as Json;
  const { method, uri } = parseMethod(body);
  checkFlags(body);
  return {
    method,
    request: body,
    uri: () => parseUri(uri),
    stores: () => parseStores(call, body),
    ...(body['all_stores'] === true && { allStores: true }),
    ...(body['all_stores_must_succeed'] === false && { mustAllSucceed: false }),
  };
}

function parseMethod(body: Json): { readonly method: ImportMethod; readonly uri: unknown } {
  if (!Object.hasOwn(body, 'method')) throw new GlanceError(400, "Import request requires a 'method' field.");
  const { method } = body;
  if (!isObject(method)) throw new GlanceError(500, FAILED);
  if (!Object.hasOwn(method, 'name')) throw new GlanceError(400, "Import request requires a 'name' field.");
  const { name, uri } = method;
  const known = typeof name === 'string' && Object.hasOwn(IMPORT_METHODS, name) ? IMPORT_METHODS[name] : undefined;
  if (known !== undefined) return { method: known, uri };
  throw unknownMethod(pythonStr(name));
}

/** The error for an import method that the service does not offer. */
export const unknownMethod = (name: string): GlanceError =>
  new GlanceError(400, `Unknown import method name '${name}'.`);

/** @throws GlanceError 400 for a flag that is not a boolean. */
function checkFlags(body: Json): void {
  for (const flag of ['all_stores', 'all_stores_must_succeed'] as const) {
    if (Object.hasOwn(body, flag) && typeof body[flag] !== 'boolean') {
      throw new GlanceError(400, `'${flag}' must be boolean value only`);
    }
  }
}

function parseStores(call: SentBody, request: Json): readonly string[] | undefined {
  const header = call.headers['x-image-meta-store'];
  const { stores } = request;
  const isInBody = Object.hasOwn(request, 'stores');
  if (header !== undefined && isInBody) {
    throw new GlanceError(400, "Stores parameter and x-image-meta-store header can't be both specified");
  }
  if (header !== undefined) return [String(header)];
  return isInBody ? storesIn(stores) : undefined;
}

/** The stores in a body. The service iterates over a string character by character, and over the names of an object's members. */
function storesIn(stores: unknown): readonly string[] {
  if (typeof stores === 'string') return [...stores];
  if (isObject(stores)) return Object.keys(stores);
  const isList = Array.isArray(stores) && stores.every((store) => store === null || typeof store !== 'object');
  if (!isList) throw new GlanceError(500, FAILED);
  return stores.map(pythonStr);
}

/** The address of a download. The service fails on what is neither text nor empty. */
function parseUri(uri: unknown): string {
  if (typeof uri === 'string') return uri;
  const isEmpty = isObject(uri) || Array.isArray(uri) ? Object.keys(uri).length === 0 : !uri;
  if (!isEmpty) throw new GlanceError(500, FAILED);
  return pythonStr(uri);
}

/**
 * Parses the body of `addImageLocation`.
 * @throws GlanceError 400 or 500.
 */
export function parseLocation(call: SentBody): {
  readonly url: string;
  readonly validation?: { readonly algorithm: string; readonly value: string };
} {
  const body = parseBody(call) as Json;
  const { url, validation_data: validation, ...others } = body;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new GlanceError(400, `A location has no member '${other}'.`);
  if (typeof url !== 'string' || url === '') throw new GlanceError(400, "A location needs a 'url', which is a text.");
  if (validation === undefined || validation === null) return { url };
  const { os_hash_algo: algorithm, os_hash_value: value } = validation as Json;
  if (typeof algorithm !== 'string' || typeof value !== 'string') {
    throw new GlanceError(400, "'validation_data' needs 'os_hash_algo' and 'os_hash_value', which are texts.");
  }
  return { url, validation: { algorithm, value } };
}
