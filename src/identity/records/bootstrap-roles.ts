/** The roles that an installation of Keystone creates. Newer releases create `manager` and `service` too. */
import { RANK, type Release } from '../../base/release.ts';
import type { Directory } from '../directory/directory.ts';

/** Whether an installation of a release creates the role `manager`. */
export const createsManager = (release: Release): boolean => RANK[release] >= RANK['2025.1'];

/** Names of roles of one installation. */
interface BootstrapRoles {
  /** Roles that the installation creates; they are immutable. */
  readonly names: readonly string[];
  /** Role names with the role that each implies. */
  readonly implied: readonly (readonly [prior: string, implied: string])[];
}

const OLDER: BootstrapRoles = {
  names: ['admin', 'member', 'reader'],
  implied: [
    ['admin', 'member'],
    ['member', 'reader'],
  ],
};

/** The roles of an installation with `manager`. */
export const WITH_MANAGER: BootstrapRoles = {
  names: ['admin', 'manager', 'member', 'reader', 'service'],
  implied: [
    ['admin', 'manager'],
    ['manager', 'member'],
    ['member', 'reader'],
  ],
};

/** The roles that releases with the role `manager` have and older ones lack. */
export const NEWER_ROLES: readonly string[] = WITH_MANAGER.names.filter((name) => !OLDER.names.includes(name));

/** Returns the roles that the installation of a directory has created. */
export const bootstrapRoles = ({ hasManager }: Pick<Directory, 'hasManager'>): BootstrapRoles =>
  hasManager === true ? WITH_MANAGER : OLDER;
