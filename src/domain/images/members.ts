import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Image } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Limits } from '../limits.ts';
import type { Member, MemberStatus } from '../member.ts';
import { DomainError } from '../problem.ts';
import { canChange, findVisible, hasFourByteCharacter } from './image-rules.ts';

/** What `Members` uses of its world. */
export interface MembersDependencies {
  readonly store: ImageStore;
  readonly clock: Clock;
  readonly limits: () => Limits;
}

/** One member of an image: any text that the owner gave, usually a project id. */
export interface MemberKey {
  readonly imageId: string;
  readonly memberId: string;
}

/** A member to add. */
interface NewMember {
  readonly imageId: string;
  /** A function is evaluated after the image has been checked. */
  readonly memberId: string | (() => string);
}

/** How an API shares images. */
export interface SharingMode {
  /** A private image becomes shared with its first member, and private again when its last member is removed. */
  readonly byMembers?: true;
  /** Maximum number of members of an image, if the API allows fewer than the world. */
  readonly maxMembers?: number;
}

/** Projects that images are shared with: the owner adds and removes them, and each accepts or rejects. */
export class Members {
  readonly #dependencies: MembersDependencies;

  constructor(dependencies: MembersDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Lists members in the order in which they were added. A member sees only itself.
   * @throws DomainError `image-not-found`, `not-shared`.
   */
  list(caller: Caller, imageId: string, mode: SharingMode = {}): readonly Member[] {
    return visibleMembers(caller, this.#findShared(caller, imageId, mode));
  }

  /** Returns a member of an image. @throws DomainError `image-not-found`, `not-shared`, `member-not-found`. */
  show(caller: Caller, { imageId, memberId }: MemberKey, mode: SharingMode = {}): Member {
    return findMember(caller, this.#findShared(caller, imageId, mode), memberId);
  }

  /**
   * Shares an image with another project, which has not accepted it yet.
   * @throws DomainError `image-not-found`, `not-allowed` (also for an image that is not shared), `invalid-value`,
   *   `member-exists`, `too-many`.
   */
  add(caller: Caller, { imageId, memberId: given }: NewMember, mode: SharingMode = {}): Member {
    const invalid = (reason: string): DomainError =>
      new DomainError({ kind: 'invalid-value', attribute: 'member', value: given, reason });
    if (given === '') throw invalid('empty');
    const image = this.#findOwn(caller, { imageId, action: 'create-members' }, mode);
    const memberId = typeof given === 'string' ? given : given();
    if (hasFourByteCharacter(memberId)) throw invalid('four-byte');
    const maximum = Math.min(this.#dependencies.limits().imageMemberQuota, mode.maxMembers ?? Number.POSITIVE_INFINITY);
    const attempted = image.members.length + 1;
    if (attempted > maximum) throw new DomainError({ kind: 'too-many', what: 'members', attempted, maximum });
    if (image.members.some((member) => member.memberId === memberId)) {
      throw new DomainError({ kind: 'member-exists', imageId, memberId });
    }
    const now = this.#dependencies.clock.now();
    const member: Member = { memberId, status: 'pending', createdAt: now, updatedAt: now };
    this.#dependencies.store.put({ ...image, visibility: 'shared', members: [...image.members, member] });
    return member;
  }

  /**
   * Sets the status of a member: the member itself or an administrator accepts or rejects the image.
   * @throws DomainError `image-not-found`, `member-not-found`, `not-allowed`.
   */
  setStatus(caller: Caller, key: MemberKey, status: MemberStatus): Member {
    const { image, member } = this.#findForStatus(caller, key);
    const changed: Member = { ...member, status, updatedAt: this.#dependencies.clock.now() };
    this.#dependencies.store.put({
      ...image,
      members: image.members.map((each) => (each.memberId === key.memberId ? changed : each)),
    });
    return changed;
  }

  /** Checks whether a caller may set the status of a member. @throws DomainError as `setStatus`. */
  checkSetStatus(caller: Caller, key: MemberKey): void {
    this.#findForStatus(caller, key);
  }

  /** Removes a member from an image. @throws DomainError `image-not-found`, `not-allowed`, `member-not-found`. */
  remove(caller: Caller, { imageId, memberId }: MemberKey, mode: SharingMode = {}): void {
    const image = this.#findOwn(caller, { imageId, action: 'delete-members' }, mode);
    findMember(caller, image, memberId);
    const members = image.members.filter((member) => member.memberId !== memberId);
    const becomesPrivate = mode.byMembers === true && members.length === 0;
    this.#dependencies.store.put({ ...image, ...(becomesPrivate && { visibility: 'private' }), members });
  }

  #find(caller: Caller, imageId: string): Image {
    return findVisible(this.#dependencies.store, caller, { imageId, purpose: 'part' });
  }

  #findForStatus(caller: Caller, { imageId, memberId }: MemberKey): { readonly image: Image; readonly member: Member } {
    const image = this.#find(caller, imageId);
    const denied = (): DomainError =>
      new DomainError({ kind: 'not-allowed', action: 'update-members', subject: imageId });
    if (image.visibility !== 'shared') throw denied();
    // An owner is rejected whether or not the member exists.
    const isMember = image.members.some((member) => member.memberId === memberId);
    if (!caller.isAdmin && !isMember && canChange(caller, image)) throw denied();
    const member = findMember(caller, image, memberId);
    if (!caller.isAdmin && caller.projectId !== memberId) throw denied();
    return { image, member };
  }

  #findShared(caller: Caller, imageId: string, mode: SharingMode): Image {
    const image = this.#find(caller, imageId);
    const { visibility } = image;
    if (isUnshared(image, mode)) return { ...image, members: [] };
    if (visibility !== 'shared') throw new DomainError({ kind: 'not-shared', imageId, visibility });
    return image;
  }

  #findOwn(
    caller: Caller,
    { imageId, action }: { readonly imageId: string; readonly action: string },
    mode: SharingMode,
  ): Image {
    const image = this.#find(caller, imageId);
    const isNotYetShared = isUnshared(image, mode);
    if ((image.visibility !== 'shared' && !isNotYetShared) || !canChange(caller, image)) {
      throw new DomainError({ kind: 'not-allowed', action, subject: imageId });
    }
    // Members from before the image became private no longer count.
    return isNotYetShared ? { ...image, members: [] } : image;
  }
}

/** Whether an image is private in an API in which adding a member shares it. */
const isUnshared = ({ visibility }: Image, { byMembers }: SharingMode): boolean =>
  byMembers === true && visibility === 'private';

/** Owners and administrators see all members; a member sees only itself. */
const visibleMembers = (caller: Caller, image: Image): readonly Member[] =>
  canChange(caller, image) ? image.members : image.members.filter(({ memberId }) => memberId === caller.projectId);

function findMember(caller: Caller, image: Image, memberId: string): Member {
  const member = visibleMembers(caller, image).find((each) => each.memberId === memberId);
  if (member === undefined) throw new DomainError({ kind: 'member-not-found', imageId: image.id, memberId });
  return member;
}
