import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { choiceOf } from '../profiles.ts';
import { hasAcceptedType, typeHeader } from '../protocol/media-types.ts';
import { isLegacy } from '../protocol/paths.ts';
import { checkHeaders, unsupportedType } from '../protocol/preconditions.ts';
import type { versionOperations } from './contract.ts';
import { presentLegacyVersion, presentVersion, presentVersions } from './present.ts';

interface VersionsContract extends Contract {
  readonly operations: typeof versionOperations;
}

/** Lists the versions, with the status of the world's profile. */
export const listVersions = (call: Call, cloud: ProfiledCloud): Reply =>
  hasAcceptedType(call)
    ? jsonReply(choiceOf(cloud, 'version-list') === 'service' ? 200 : 300, presentVersions(call), typeHeader(call))
    : unsupportedType();

/** Describes the version of the path. */
export const showVersion = (call: Call): Reply =>
  checkHeaders(call) ??
  jsonReply(200, isLegacy(call) ? presentLegacyVersion(call) : presentVersion(call), typeHeader(call));

/** Handlers of versions. */
export const versionHandlers: Handlers<VersionsContract, Context> = {
  listVersions: (call, { cloud }) => listVersions(call, cloud),
  showVersion: (call) => showVersion(call),
};
