import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { noteRelease } from '../../shared/release-choice.ts';
import { choiceOf } from '../profiles.ts';
import { hasAcceptedType, typeHeader } from '../protocol/media-types.ts';
import { isLegacy } from '../protocol/paths.ts';
import { checkHeaders, unsupportedType } from '../protocol/preconditions.ts';
import { checkVersionQuery } from '../protocol/utf8-query.ts';
import type { versionOperations } from './contract.ts';
import { presentLegacyVersion, presentVersion, presentVersions } from './present.ts';

interface VersionsContract extends Contract {
  readonly operations: typeof versionOperations;
}

/** Lists the versions, with the status of the world's profile. */
export function listVersions(call: Call, cloud: ProfiledCloud): Reply {
  if (!hasAcceptedType(call)) return unsupportedType();
  const error = checkVersionQuery(call);
  if (error !== undefined) return error;
  if (cloud.releases['compute-v2.1'] !== cloud.releases.world) noteRelease(cloud, 'compute-v2.1');
  return jsonReply(choiceOf(cloud, 'version-list') === 'service' ? 200 : 300, presentVersions(call), typeHeader(call));
}

/** Describes the version of the path. */
export const showVersion = (call: Call): Reply =>
  checkHeaders(call) ??
  checkVersionQuery(call) ??
  jsonReply(200, isLegacy(call) ? presentLegacyVersion(call) : presentVersion(call), typeHeader(call));

/** Handlers of versions. */
export const versionHandlers: Handlers<VersionsContract, Context> = {
  listVersions: (call, { cloud }) => listVersions(call, cloud),
  showVersion: (call) => showVersion(call),
};
