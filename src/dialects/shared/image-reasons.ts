/** Reasons for errors about images, for the tables of natural problems. Most APIs have them in the same operations. */
import type { ImageStatus } from '../../domain/image.ts';
import type { Problem } from '../../domain/problem.ts';
import type { FaultRequest, ProblemsByName } from '../dialect.ts';
import { ABSENT_ID, bodyMember, imageIdOf, imageOf, param, textMember } from './request-values.ts';

type Purpose = Extract<Problem, { readonly kind: 'image-not-found' }>['purpose'];

/** The image of the path does not exist. */
export const imageNotFound = (purpose: Purpose): ProblemsByName => ({
  'image-not-found': (request) => ({ kind: 'image-not-found', imageId: imageIdOf(request), purpose }),
});

/** The image is protected against deletion. */
export const IMAGE_PROTECTED: ProblemsByName = {
  'image-protected': (request) => ({ kind: 'image-protected', imageId: imageIdOf(request) }),
};

/** The caller may not change the image. */
export const IMAGE_NOT_OWNED: ProblemsByName = {
  'image-not-owned': (request) => ({ kind: 'image-not-owned', imageId: imageIdOf(request) }),
};

/** A server uses the image. */
export const IMAGE_IN_USE: ProblemsByName = {
  'image-in-use': (request) => {
    const usedBy = imageOf(request)?.usedBy ?? [];
    return { kind: 'image-in-use', imageId: imageIdOf(request), usedBy: usedBy.length > 0 ? usedBy : [ABSENT_ID] };
  },
};

/** The image was deleted while its data arrived. */
export const IMAGE_GONE: ProblemsByName = {
  'image-gone': (request) => ({ kind: 'image-gone', imageId: imageIdOf(request) }),
};

/** The image is in a status from which it cannot change to `to`; `from` replaces a status from which it can. */
export const wrongStatus = (from: ImageStatus, to: ImageStatus): ProblemsByName => ({
  'wrong-status': (request) => {
    const status = imageOf(request)?.status;
    return {
      kind: 'wrong-status',
      imageId: imageIdOf(request),
      from: status === undefined || status === 'queued' ? from : status,
      to,
    };
  },
});

/** The caller may not perform an action; `subject` defaults to the image of the path. */
export const notAllowed = (action: string, subject: (request: FaultRequest) => string = imageIdOf): ProblemsByName => ({
  'not-allowed': (request) => ({ kind: 'not-allowed', action, subject: subject(request) }),
});

/** A member of the body that is text, or the id of nothing. */
export const bodyTextOf =
  (name: string) =>
  ({ call }: FaultRequest): string =>
    textMember(call, name) ?? ABSENT_ID;

/** An image with the requested id exists. */
export const IMAGE_EXISTS: ProblemsByName = {
  'image-exists': (request) => ({ kind: 'image-exists', imageId: bodyTextOf('id')(request) }),
};

/** The image would have too many tags; `tagsOf` counts those that the request asks for. */
export const tooManyTags = (
  tagsOf: (request: FaultRequest) => number,
  imageId?: (request: FaultRequest) => string,
): ProblemsByName => ({
  'too-many-tags': (request) => {
    const maximum = request.context.cloud.limits.imageTagQuota;
    return {
      kind: 'too-many',
      what: 'tags',
      attempted: Math.max(tagsOf(request), maximum + 1),
      maximum,
      ...(imageId !== undefined && { imageId: imageId(request) }),
    };
  },
});

/** How many items a list in the body has. */
export const bodyItems =
  (name: string) =>
  ({ call }: FaultRequest): number => {
    const value = bodyMember(call, name);
    return Array.isArray(value) ? value.length : 0;
  };

/** The image would have too many properties. */
export const TOO_MANY_PROPERTIES: ProblemsByName = {
  'too-many-properties': ({ context: { cloud } }) => {
    const maximum = cloud.limits.imagePropertyQuota;
    return { kind: 'too-many', what: 'properties', attempted: maximum + 1, maximum };
  },
};

/** The image would have too many members. */
export const TOO_MANY_MEMBERS: ProblemsByName = {
  'too-many-members': (request) => {
    const maximum = request.context.cloud.limits.imageMemberQuota;
    const members = imageOf(request)?.members.length ?? 0;
    return { kind: 'too-many', what: 'members', attempted: Math.max(members + 1, maximum + 1), maximum };
  },
};

/** What the quota of a project counts. */
type ProjectQuota = 'images' | 'uploads' | 'MiB' | 'staged MiB';

/** The project has used up a quota, whose maximum is that of the world, or what the project uses already. */
export const overProjectQuota = (name: string, what: ProjectQuota): ProblemsByName => ({
  [name]: ({ context: { cloud, caller } }) => {
    const { projectId } = caller;
    const { usage, maximum } = cloud.images.quota({ projectId, what });
    return {
      kind: 'too-many',
      what,
      attempted: usage,
      maximum: maximum === null ? usage : Math.min(maximum, usage),
      of: { projectId, usage, delta: 0 },
    };
  },
});

/** The data of the image is larger than one image may be. */
export const TOO_LARGE: ProblemsByName = {
  'too-large': ({ call, context: { cloud } }) => {
    const maximum = cloud.limits.imageSizeCap;
    return {
      kind: 'too-large',
      sizeBytes: Math.max(announcedLength(call.headers['content-length']), maximum + 1),
      maximum,
    };
  },
};

/** The data of the image would exceed the storage of the project. */
export const OVER_QUOTA: ProblemsByName = {
  'over-quota': ({ call }) => ({
    kind: 'over-quota',
    sizeBytes: Math.max(announcedLength(call.headers['content-length']), 1),
    remaining: 0,
  }),
};

/** The medium that image data is written to is full. */
export const STORAGE_FULL: ProblemsByName = { 'storage-full': () => ({ kind: 'storage-full' }) };

const announcedLength = (length: string | undefined): number => Number(length ?? 0) || 0;

/** The member of the path or body is not one of the image. */
export const MEMBER_NOT_FOUND: ProblemsByName = {
  'member-not-found': (request) => ({
    kind: 'member-not-found',
    imageId: imageIdOf(request),
    memberId: param(request, 'member_id'),
  }),
};

/** The image has the member of the body already. */
export const MEMBER_EXISTS: ProblemsByName = {
  'member-exists': (request) => ({
    kind: 'member-exists',
    imageId: imageIdOf(request),
    memberId: bodyTextOf('member')(request),
  }),
};

/** The image is not shared, so that it has no members. */
export const NOT_SHARED: ProblemsByName = {
  'not-shared': (request) => {
    const visibility = imageOf(request)?.visibility;
    return {
      kind: 'not-shared',
      imageId: imageIdOf(request),
      visibility: visibility === undefined || visibility === 'shared' ? 'private' : visibility,
    };
  },
};

/** The image does not have the tag of the path. */
export const TAG_NOT_FOUND: ProblemsByName = {
  'tag-not-found': (request) => ({ kind: 'tag-not-found', imageId: imageIdOf(request), tag: param(request, 'tag') }),
};

/** The task of the path does not exist. */
export const TASK_NOT_FOUND: ProblemsByName = {
  'task-not-found': (request) => ({ kind: 'task-not-found', taskId: param(request, 'task_id') }),
};

/** The image does not have the property of the path. */
export const PROPERTY_NOT_FOUND: ProblemsByName = {
  'property-not-found': (request) => ({
    kind: 'property-not-found',
    imageId: imageIdOf(request),
    key: param(request, 'key'),
  }),
};
