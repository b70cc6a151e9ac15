import type { Caller } from '../../src/domain/caller.ts';
import type { Image } from '../../src/domain/image.ts';
import type { Member } from '../../src/domain/member.ts';

/** Noon, 21 November 2026, UTC. */
const NOON = Date.UTC(2026, 10, 21, 12);

/** An active private image of project `p1` without data, save for what is given. */
export const anImage = (changes: Partial<Image> = {}): Image => ({
  id: '11111111-1111-4111-8111-111111111111',
  name: 'web',
  owner: 'p1',
  status: 'active',
  visibility: 'private',
  isProtected: false,
  isHidden: false,
  containerFormat: 'bare',
  diskFormat: 'raw',
  minDisk: 0,
  minRam: 0,
  sizeBytes: null,
  virtualSizeBytes: null,
  checksum: null,
  hashAlgorithm: null,
  hashValue: null,
  createdAt: NOON,
  updatedAt: NOON,
  deletedAt: null,
  tags: [],
  properties: {},
  members: [],
  data: null,
  usedBy: [],
  ...changes,
});

/** A pending member `p2`, save for what is given. */
export const aMember = (changes: Partial<Member> = {}): Member => ({
  memberId: 'p2',
  status: 'pending',
  createdAt: NOON,
  updatedAt: NOON,
  ...changes,
});

/** A member of project `p1`, save for what is given. */
export const aCaller = (changes: Partial<Caller> = {}): Caller => ({
  userId: 'u1',
  userName: 'demo',
  projectId: 'p1',
  projectName: 'demo',
  domainId: 'default',
  roles: ['member', 'reader'],
  isAdmin: false,
  isReader: false,
  token: 'token',
  ...changes,
});
