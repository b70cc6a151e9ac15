import { type Call, type Handler, type Handlers, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { nextAddress } from '../shared/compute-family.ts';
import { glanceError } from '../shared/glance-errors.ts';
import type { contract } from './contract.ts';
import { isTaken, replyType } from './media-types.ts';
import { MAX_VERSION, MIN_VERSION, microversionOf } from './microversion.ts';
import { listParameters, parseListRequest } from './parse.ts';
import { isOlder, isTenant, NO_TENANT } from './paths.ts';
import { addressesOf, presentVersion, presentVersions, views } from './present.ts';
import { fault, NO_RESOURCE, presentStumble } from './problems.ts';
import { Stumble } from './stumble.ts';

/** The last microversion that has the image proxy. */
const LAST_WITH_IMAGES = 35;

const typeOf = (call: Call): { readonly 'Content-Type': string } => ({ 'Content-Type': replyType(call) });
const text = (call: Call, body: string): Reply => ({ status: 200, headers: typeOf(call), body });

/** What a version that there is not, and the type of a body that is not taken, get whatever the call. */
export function refuseCall(call: Call): Reply | undefined {
  const version = isOlder(call) ? undefined : microversionOf(call);
  switch (version?.kind) {
    case 'malformed':
      return fault(
        400,
        `API Version String ${version.text} is of invalid format. Must be of format MajorNum.MinorNum.`,
      );
    case 'out-of-range':
      return fault(
        406,
        `Version ${version.text} is not supported by the API. Minimum is ${MIN_VERSION} and maximum is ${MAX_VERSION}.`,
      );
    default:
      return isTaken(call) ? undefined : fault(415, 'Unsupported Content-Type');
  }
}

/** What a tenant that is not the token's own gets. */
export const refuseTenant = (tenant: string, projectId: string): Reply | undefined =>
  tenant === projectId
    ? undefined
    : fault(
        400,
        `Malformed request URL: URL's project_id '${tenant}' doesn't match Context's project_id '${projectId || 'None'}'`,
      );

/** A call of the image proxy: the tenant of the address is the token's own, and the microversion has the proxy. */
const proxied =
  (handle: (call: Call, context: Context) => Reply): Handler<Context> =>
  (call, context) => {
    const tenant = call.params['tenant_id'] ?? NO_TENANT;
    const { projectId } = context.caller;
    const isNamed = tenant !== NO_TENANT && tenant !== projectId;
    if (isNamed && !isTenant(tenant)) return glanceError(404, NO_RESOURCE, call);
    const refusal = refuseCall(call) ?? (isNamed ? refuseTenant(tenant, projectId) : undefined);
    if (refusal !== undefined) return refusal;
    const version = microversionOf(call);
    if (version.kind === 'known' && version.minor > LAST_WITH_IMAGES && !isOlder(call)) return fault(404, NO_RESOURCE);
    try {
      return handle(call, context);
    } catch (error) {
      if (error instanceof Stumble) return presentStumble(error.pythonClass);
      throw error;
    }
  };

const list = (isDetail: boolean): Handler<Context> =>
  proxied((call, context) => {
    const parameters = listParameters(call);
    const request = parseListRequest(parameters, context.caller);
    if (typeof request === 'string') return fault(400, request);
    const { images } = context.cloud.images.list(request.query, context.caller);
    const at = addressesOf(call);
    const last = images.at(-1);
    // A full page has a next one, whether or not anything follows.
    const next =
      last !== undefined && images.length === request.fullPage
        ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, parameters, last.id)
        : undefined;
    return text(call, views.images(images, at, isDetail, next));
  });

export const handlers: Handlers<typeof contract, Context> = {
  listVersions: (call) => (isTaken(call) ? jsonReply(200, presentVersions(call), typeOf(call)) : refuseType()),
  showVersion: (call) => refuseCall(call) ?? jsonReply(200, presentVersion(call), typeOf(call)),
  listImages: list(false),
  listImagesDetail: list(true),
  showImage: proxied((call, { cloud, caller }) =>
    text(call, views.image(cloud.images.show(caller, call.params['image_id'] ?? ''), addressesOf(call))),
  ),
  deleteImage: proxied((call, { cloud, caller }) => {
    cloud.images.remove(caller, call.params['image_id'] ?? '');
    return { status: 204, headers: typeOf(call) };
  }),
};

/** What the type of a body that is not taken gets. */
export const refuseType = (): Reply => fault(415, 'Unsupported Content-Type');
