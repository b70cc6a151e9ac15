import type { Call, Handlers, Reply } from '../../../contract/contract.ts';
import type { CachedImage } from '../../../domain/images/image-cache.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { emptyReply, failOnBody, rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { hasBody } from '../../shared/webob.ts';
import { choiceOf } from '../profiles.ts';
import { notAuthorized } from '../requests.ts';
import type { cacheOperations } from './contract.ts';

interface CacheContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof cacheOperations;
}

const TARGETS = { cache: 'cache', queue: 'queue', '': 'both' } as const;

/** Handlers of the operations on the image cache. */
export const cacheHandlers: Handlers<CacheContract, Context> = {
  queryCache: withErrorMapping((call, context) => {
    rejectBody(call);
    requireAdmin(context, 'cache_list');
    const { cache } = context.cloud;
    return textReply(200, pythonJson({ cached_images: cache.list().map(presentEntry), queued_images: cache.queued() }));
  }),

  queueCacheImage: withErrorMapping((call, context) => {
    rejectBodyByProfile(call, context);
    context.cloud.cache.queue(context.caller, call.params.image_id);
    return emptyReply(202);
  }),

  deleteCacheImage: withErrorMapping((call, context) => {
    rejectBodyByProfile(call, context);
    context.cloud.cache.remove(context.caller, call.params.image_id);
    return emptyReply(204);
  }),

  clearCache: withErrorMapping((call, context) => {
    rejectBodyByProfile(call, context);
    requireAdmin(context, 'cache_delete');
    const target = String(call.headers['x-image-cache-clear-target'] ?? '');
    if (!Object.hasOwn(TARGETS, target)) {
      throw unknownTarget();
    }
    context.cloud.cache.clear(TARGETS[target as keyof typeof TARGETS]);
    return emptyReply(204);
  }),

  cleanCache: withErrorMapping((call, context): Reply => {
    rejectBody(call);
    requireAdmin(context, 'cache_clean');
    context.cloud.cache.clean();
    return emptyReply(200);
  }),

  pruneCache: withErrorMapping((call, context) => {
    rejectBody(call);
    requireAdmin(context, 'cache_prune');
    const { files, bytes } = context.cloud.cache.prune(context.cloud.limits.cacheBytes ?? null);
    return textReply(200, pythonJson({ total_files_pruned: files, total_bytes_pruned: bytes }));
  }),
};

/** The error for a part of the cache that does not exist. */
export const unknownTarget = (): GlanceError =>
  new GlanceError(400, "If provided 'x-image-cache-clear-target' must be 'cache', 'queue' or empty string.");

/** @throws GlanceError 403 unless the caller is an administrator. */
function requireAdmin({ caller }: Context, action: string): void {
  if (!caller.isAdmin) throw notAuthorized(action);
}

/** @throws GlanceError for a body: 400 or 500, depending on the profile of the world. */
function rejectBodyByProfile(call: Call, { cloud }: Context): void {
  if (hasBody(call) && choiceOf(cloud, 'cache-body') === 'rejected') rejectBody(call);
  failOnBody(call);
}

const presentEntry = ({ imageId, hits, lastAccessed, lastModified, sizeBytes }: CachedImage) => ({
  image_id: imageId,
  hits,
  last_accessed: lastAccessed / 1000,
  last_modified: lastModified / 1000,
  size: sizeBytes,
});
