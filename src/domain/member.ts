export const MEMBER_STATUSES = ['pending', 'accepted', 'rejected'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** A project with which an image is shared. */
export interface Member {
  /** Project id, or any text that the owner gave. */
  readonly memberId: string;
  readonly status: MemberStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}
