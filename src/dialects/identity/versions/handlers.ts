import type { Call } from '../../../contract/contract.ts';
import { parseBody } from '../body.ts';
import { choiceOf } from '../profiles.ts';
import { reply, type ServiceHandler } from '../service-handler.ts';
import type { IdentityService } from '../services.ts';
import { JSON_HOME_TYPE, prefersJsonHome, presentJsonHome } from './json-home.ts';
import { presentVersion3 } from './present.ts';

/** Keystone rejects a malformed body even where it needs none. */
function checkBody(call: Call, service: IdentityService): void {
  if (service === 'keystone') parseBody(call);
}

const asksForJsonHome = ({ headers }: Call, service: IdentityService): boolean =>
  service === 'keystone' && prefersJsonHome(headers.accept);

/** Lists the versions of the service. */
export const listVersions: ServiceHandler = (call, { cloud }, service) => {
  checkBody(call, service);
  if (asksForJsonHome(call, service)) return reply(200, presentJsonHome('/v3', cloud), JSON_HOME_TYPE);
  const status = service === 'keystone' && choiceOf(cloud, 'version-list') === 'plain' ? 200 : 300;
  return reply(status, { versions: { values: [presentVersion3(call, service)] } }, { Location: `${call.base}/v3/` });
};

/** Describes version 3. */
export const showVersion3: ServiceHandler = (call, { cloud }, service) => {
  checkBody(call, service);
  if (asksForJsonHome(call, service)) return reply(200, presentJsonHome('', cloud), JSON_HOME_TYPE);
  return reply(200, { version: presentVersion3(call, service) });
};
