import type { Handler, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { canChange, canSee } from '../../domain/images/image-rules.ts';
import { DomainError } from '../../domain/problem.ts';
import type { Context } from '../dialect.ts';
import { GlanceError } from '../glance/errors.ts';
import { BARE_REPLY } from '../glance/wire.ts';
import { peekSince, since } from './profiles.ts';
import { notAuthorized } from './requests.ts';

/** The release whose default policies ask for roles. Earlier ones ask for a token alone. */
const STRICT_SINCE = '2025.1';

/** Policies of operations that change images or read their data, by operation. */
const IMAGE_POLICIES: Readonly<Record<string, string>> = {
  showImage: 'get_image',
  updateImage: 'modify_image',
  deleteImage: 'delete_image',
  addImageTag: 'modify_image',
  deleteImageTag: 'modify_image',
  deactivateImage: 'deactivate',
  reactivateImage: 'reactivate',
  uploadImageData: 'upload_image',
  stageImageData: 'modify_image',
  downloadImageData: 'download_image',
  importImage: 'modify_image',
  createImageMember: 'add_member',
  updateImageMember: 'modify_member',
  deleteImageMember: 'delete_member',
  deleteImageFromStore: 'delete_image_location',
};

/** Policies of operations on no single image. */
const OTHER_POLICIES: Readonly<Record<string, string>> = { listImages: 'get_images', createImage: 'add_image' };

/** Actions that older releases deny in words of their own. */
const REWORDED: ReadonlySet<string> = new Set([
  'create-members',
  'update-members',
  'delete-members',
  'update-tags',
  'delete-tags',
  'upload',
]);

const WRITERS = ['member', 'manager', 'admin'];

const hasRole = ({ roles }: Caller, names: readonly string[]): boolean => names.some((name) => roles.includes(name));
/** Whether a caller may change what its project owns. */
const mayWrite = (caller: Caller): boolean => caller.projectId !== '' && hasRole(caller, WRITERS);
/** Whether a caller may read at all. */
const mayRead = (caller: Caller): boolean =>
  mayWrite(caller) || (caller.projectId !== '' && hasRole(caller, ['reader']));

/** Makes the handlers of image operations follow the policies of the release. */
export const enforcingPolicies = (
  handlers: Readonly<Record<string, Handler<Context>>>,
): Readonly<Record<string, Handler<Context>>> =>
  Object.fromEntries(
    Object.entries(handlers).map(([id, handler]) => {
      const policy = IMAGE_POLICIES[id] ?? OTHER_POLICIES[id];
      return [id, policy === undefined ? handler : enforcing(id, policy, handler)];
    }),
  );

const enforcing =
  (id: string, policy: string, handler: Handler<Context>): Handler<Context> =>
  (call, context) => {
    if (!peekSince(context.cloud, STRICT_SINCE)) return handler(call, context);
    const imageId = call.params['image_id'];
    const reworded = (error: unknown): Reply => {
      const worded = rewordedError(error, policy, imageId, context);
      if (worded === undefined) throw error;
      since(context.cloud, STRICT_SINCE);
      return worded.reply(call);
    };
    try {
      const reply = handler(call, permitted(id, policy, imageId, context));
      if (reply instanceof Promise) return reply.catch(reworded);
      return reply === BARE_REPLY ? bareReply(context) : reply;
    } catch (error) {
      return reworded(error);
    }
  };

/**
 * Returns the context in which the handler runs: one who may not write is no owner.
 * @throws GlanceError 403; DomainError `image-not-found` for one who may not read.
 */
function permitted(id: string, policy: string, imageId: string | undefined, context: Context): Context {
  const { caller, cloud } = context;
  const isAllowed = id === 'listImages' || id === 'showImage' ? mayRead(caller) : mayWrite(caller);
  if (isAllowed && (id !== 'deleteImageFromStore' || caller.isAdmin)) return context;
  if (imageId === undefined) throw notAuthorized(policy);
  if (!mayRead(caller)) throw new DomainError({ kind: 'image-not-found', imageId, purpose: 'show' });
  const image = cloud.images.peek(imageId);
  if (id === 'downloadImageData' && image !== undefined && canSee(caller, image)) throw notAuthorized(policy);
  const { requestId } = context;
  return { cloud, requestId, caller: { ...caller, isNoOwner: true } };
}

/** The reply without a body, Content-Type and Content-Length. */
function bareReply({ cloud }: Context): Reply {
  since(cloud, STRICT_SINCE);
  return { status: BARE_REPLY.status };
}

/** The words of a refusal; `undefined` for an error that the releases word alike. */
function rewordedError(
  error: unknown,
  policy: string,
  imageId: string | undefined,
  { cloud, caller }: Context,
): GlanceError | undefined {
  if (error instanceof GlanceError) return error;
  if (!(error instanceof DomainError)) return undefined;
  const { problem } = error;
  if (problem.kind === 'image-not-owned') return notAuthorized(policy);
  if (problem.kind !== 'not-allowed') return undefined;
  if (REWORDED.has(problem.action)) {
    const image = imageId === undefined ? undefined : cloud.images.peek(imageId);
    // One who may share an image is told that this one is not shared.
    const isUnshared =
      problem.action !== 'update-members' &&
      image !== undefined &&
      mayWrite(caller) &&
      (image.visibility === 'public' || canChange(caller, image));
    return isUnshared ? undefined : notAuthorized(policy);
  }
  if (problem.action !== 'create-for') return undefined;
  const detail = `You are not permitted to create images owned by '${problem.subject ?? 'None'}'`;
  return new GlanceError(403, { message: 'Access was denied to this resource.', detail });
}
