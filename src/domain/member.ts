/** Statuses of a member. */
export const MEMBER_STATUSES = ['pending', 'accepted', 'rejected'] as const;
/** Whether a member has accepted or rejected an image. */
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** A project that an image is shared with. */
export interface Member {
  /** Project id, or any text that the owner gave. */
  readonly memberId: string;
  readonly status: MemberStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}
