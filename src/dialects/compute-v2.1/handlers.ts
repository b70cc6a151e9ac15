import { type Call, type Handler, type Handlers, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { imagesText, imageText, type ListRules, nextAddress, parseImagesQuery } from '../shared/compute-family.ts';
import type { contract } from './contract.ts';
import { MAX_VERSION, MIN_VERSION, microversionOf } from './microversion.ts';
import { addressesOf, NO_TENANT, presentVersion, presentVersions } from './present.ts';
import { fault, NO_RESOURCE } from './problems.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;
const json = (body: string): Reply => ({ status: 200, headers: JSON_TYPE, body });

/** The last microversion that has the image proxy. */
const LAST_WITH_IMAGES = 35;

/** What a bad microversion gets, whatever the call. */
function refuseVersion(call: Call): Reply | undefined {
  const version = microversionOf(call);
  if (version.kind === 'malformed') {
    return fault(400, `API Version String ${version.text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  }
  if (version.kind === 'out-of-range') {
    return fault(
      406,
      `Version ${version.text} is not supported by the API. Minimum is ${MIN_VERSION} and maximum is ${MAX_VERSION}.`,
    );
  }
  return undefined;
}

/** A call of the image proxy: the microversion has it, and the tenant of the address is the token's own. */
const proxied =
  (handle: Handler<Context>): Handler<Context> =>
  (call, context) => {
    const refusal = refuseVersion(call);
    if (refusal !== undefined) return refusal;
    const version = microversionOf(call);
    if (version.kind === 'known' && version.minor > LAST_WITH_IMAGES) return fault(404, NO_RESOURCE);
    const tenant = call.params['tenant_id'];
    if (tenant !== NO_TENANT && tenant !== context.caller.projectId) {
      return fault(
        400,
        `Malformed request URL: URL's project_id '${tenant}' doesn't match Context's project_id '${context.caller.projectId}'`,
      );
    }
    return handle(call, context);
  };

const RULES: ListRules = {
  limitMost: 1000,
  statuses: (value) => [value.toLowerCase()],
  type: (value) => value,
  words: {
    limitNumber: 'Invalid input received: limit must be an integer',
    limitNegative: 'Invalid input received: limit must be >= 0',
    time: 'HTTP 400 Bad Request: Bad &quot;updated_at&quot; query filter format. Use ISO 8601 DateTime notation.',
  },
};

const list = (isDetail: boolean): Handler<Context> =>
  proxied((call, context) => {
    const query = parseImagesQuery(call.query, context.caller, RULES);
    if (typeof query === 'string') return fault(400, query);
    const { images } = context.cloud.images.list(query, context.caller);
    const at = addressesOf(call, context);
    const last = images.at(-1);
    // A full page has a next one, whether or not anything follows; a limit of 0 is none, so its page is never full.
    const isFull = last !== undefined && images.length === query.limit && call.query.get('limit') !== '0';
    const next = isFull ? nextAddress(`${at.self}/images${isDetail ? '/detail' : ''}`, call.query, last.id) : undefined;
    return json(imagesText(images, at, isDetail, next));
  });

export const handlers: Handlers<typeof contract, Context> = {
  listVersions: (call) => jsonReply(200, presentVersions(call)),
  showVersion: (call) => refuseVersion(call) ?? jsonReply(200, presentVersion(call)),
  listImages: list(false),
  listImagesDetail: list(true),
  showImage: proxied((call, context) =>
    json(
      imageText(context.cloud.images.show(context.caller, call.params['image_id'] ?? ''), addressesOf(call, context)),
    ),
  ),
  deleteImage: proxied((call, context) => {
    context.cloud.images.remove(context.caller, call.params['image_id'] ?? '');
    return { status: 204, headers: JSON_TYPE };
  }),
};
