import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Image } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Limits } from '../limits.ts';
import type { Member, MemberStatus } from '../member.ts';
import { DomainError, type Problem } from '../problem.ts';
import { canChange, canSee, hasFourByteCharacter } from './image-rules.ts';

/** What `Members` needs of a world. */
export interface MembersDependencies {
  readonly store: ImageStore;
  readonly clock: Clock;
  readonly limits: () => Limits;
}

/** How an API shares that does so by members alone. */
export interface SharingManner {
  /** A private image becomes shared with its first member, and private again without its last. */
  readonly byMembers?: true;
  /** Members that an image may have, where the API allows fewer than the world. */
  readonly most?: number;
}

/** Projects with which images are shared: the owner adds and removes them, each answers for itself. */
export class Members {
  readonly #dependencies: MembersDependencies;

  constructor(parts: MembersDependencies) {
    this.#dependencies = parts;
  }

  /**
   * Members in the order in which they were added; who is one sees only itself.
   * @throws DomainError `image-not-found`, `not-shared`.
   */
  list(caller: Caller, imageId: string, manner: SharingManner = {}): readonly Member[] {
    const image = this.#seeShared(caller, imageId, manner);
    return visible(caller, image);
  }

  /** @throws DomainError `image-not-found`, `not-shared`, `member-not-found`. */
  show(caller: Caller, imageId: string, memberId: string, manner: SharingManner = {}): Member {
    return find(caller, this.#seeShared(caller, imageId, manner), memberId);
  }

  /**
   * Shares an image with one more project, which has yet to accept.
   * @throws DomainError `image-not-found`, `not-allowed` (for an image that is not shared, too), `invalid-value`,
   *   `member-exists`, `too-many`.
   */
  add(caller: Caller, imageId: string, memberId: string, manner: SharingManner = {}): Member {
    if (memberId === '')
      throw refusal({ kind: 'invalid-value', attribute: 'member', value: memberId, reason: 'empty' });
    const image = this.#seeOwn(caller, imageId, 'create-members', manner);
    if (hasFourByteCharacter(memberId)) {
      throw refusal({ kind: 'invalid-value', attribute: 'member', value: memberId, reason: 'four-byte' });
    }
    const maximum = Math.min(this.#dependencies.limits().imageMemberQuota, manner.most ?? Number.POSITIVE_INFINITY);
    const attempted = image.members.length + 1;
    if (attempted > maximum) throw refusal({ kind: 'too-many', what: 'members', attempted, maximum });
    if (image.members.some((member) => member.memberId === memberId)) {
      throw refusal({ kind: 'member-exists', imageId, memberId });
    }
    const now = this.#dependencies.clock.now();
    const member: Member = { memberId, status: 'pending', createdAt: now, updatedAt: now };
    this.#dependencies.store.put({ ...image, visibility: 'shared', members: [...image.members, member] });
    return member;
  }

  /**
   * Sets how a member answers: its own doing, or an administrator's.
   * @throws DomainError `image-not-found`, `member-not-found`, `not-allowed`.
   */
  answer(caller: Caller, imageId: string, memberId: string, status: MemberStatus): Member {
    const { image, member } = this.#answering(caller, imageId, memberId);
    const changed: Member = { ...member, status, updatedAt: this.#dependencies.clock.now() };
    this.#dependencies.store.put({
      ...image,
      members: image.members.map((each) => (each.memberId === memberId ? changed : each)),
    });
    return changed;
  }

  /** Whether a caller may answer as that member, whatever the answer. @throws DomainError as `answer`. */
  checkAnswer(caller: Caller, imageId: string, memberId: string): void {
    this.#answering(caller, imageId, memberId);
  }

  #answering(caller: Caller, imageId: string, memberId: string): { readonly image: Image; readonly member: Member } {
    const image = this.#see(caller, imageId);
    const refuse = (): DomainError => refusal({ kind: 'not-allowed', action: 'update-members', subject: imageId });
    if (image.visibility !== 'shared') throw refuse();
    // Owners answer for nobody, be there such a member or not.
    const isMember = image.members.some((member) => member.memberId === memberId);
    if (!caller.isAdmin && !isMember && canChange(caller, image)) throw refuse();
    const member = find(caller, image, memberId);
    if (!caller.isAdmin && caller.projectId !== memberId) throw refuse();
    return { image, member };
  }

  /** @throws DomainError `image-not-found`, `not-allowed`, `member-not-found`. */
  remove(caller: Caller, imageId: string, memberId: string, manner: SharingManner = {}): void {
    const image = this.#seeOwn(caller, imageId, 'delete-members', manner);
    find(caller, image, memberId);
    const members = image.members.filter((member) => member.memberId !== memberId);
    const isOver = manner.byMembers === true && members.length === 0;
    this.#dependencies.store.put({ ...image, ...(isOver && { visibility: 'private' }), members });
  }

  #see(caller: Caller, imageId: string): Image {
    const image = this.#dependencies.store.get(imageId);
    if (image === undefined || !canSee(caller, image)) {
      throw refusal({ kind: 'image-not-found', imageId, purpose: 'part' });
    }
    return image;
  }

  #seeShared(caller: Caller, imageId: string, manner: SharingManner): Image {
    const image = this.#see(caller, imageId);
    const { visibility } = image;
    if (isUnshared(image, manner)) return { ...image, members: [] };
    if (visibility !== 'shared') throw refusal({ kind: 'not-shared', imageId, visibility });
    return image;
  }

  #seeOwn(caller: Caller, imageId: string, action: string, manner: SharingManner): Image {
    const image = this.#see(caller, imageId);
    const isUnsharedYet = isUnshared(image, manner);
    if ((image.visibility !== 'shared' && !isUnsharedYet) || !canChange(caller, image)) {
      throw refusal({ kind: 'not-allowed', action, subject: imageId });
    }
    // Members from before it became private count no longer.
    return isUnsharedYet ? { ...image, members: [] } : image;
  }
}

/** Whether an image is private in an API in which that means: shared with nobody yet. */
const isUnshared = ({ visibility }: Image, { byMembers }: SharingManner): boolean =>
  byMembers === true && visibility === 'private';

/** Owners and administrators see all members, a member itself alone. */
const visible = (caller: Caller, image: Image): readonly Member[] =>
  canChange(caller, image) ? image.members : image.members.filter(({ memberId }) => memberId === caller.projectId);

function find(caller: Caller, image: Image, memberId: string): Member {
  const member = visible(caller, image).find((each) => each.memberId === memberId);
  if (member === undefined) throw refusal({ kind: 'member-not-found', imageId: image.id, memberId });
  return member;
}

const refusal = (problem: Problem): DomainError => new DomainError(problem);
