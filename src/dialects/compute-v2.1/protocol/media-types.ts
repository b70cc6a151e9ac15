import { type Call, jsonReply, type Reply } from '../../../contract/contract.ts';

const JSON_TYPE = 'application/json';
const NOVA_TYPE = 'application/vnd.openstack.compute+json';

/** Accepted Content-Types; Nova rejects others even without a body. */
const ACCEPTED: ReadonlySet<string> = new Set(['', 'text/plain', JSON_TYPE, NOVA_TYPE]);

/** Whether Nova accepts the Content-Type of a request. Case matters. */
export function hasAcceptedType({ headers }: Pick<Call, 'headers'>): boolean {
  const type = headers['content-type'];
  return type === undefined || ACCEPTED.has(type.split(';', 1)[0] as string);
}

/** How well an item of an Accept header matches a type: its weight, and how exactly it names the type. */
interface Match {
  readonly weight: number;
  readonly specificity: number;
}
const NO_MATCH: Match = { weight: -1, specificity: -1 };

const isBetter = (one: Match, other: Match): boolean =>
  one.weight > other.weight || (one.weight === other.weight && one.specificity > other.specificity);

function bestMatch(type: string, accept: string): Match {
  let best = NO_MATCH;
  for (const item of accept.split(',')) {
    const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
    const specificity = ['*/*', 'application/*', type].indexOf(range);
    if (specificity < 0) continue;
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    const match = { weight, specificity };
    if (isBetter(match, best)) best = match;
  }
  return best;
}

/** The Content-Type of a success: Nova's own type if Accept prefers it to plain JSON. */
export function replyType({ headers }: Pick<Call, 'headers'>): string {
  const { accept } = headers;
  if (accept === undefined || !accept.includes(NOVA_TYPE)) return JSON_TYPE;
  return isBetter(bestMatch(NOVA_TYPE, accept), bestMatch(JSON_TYPE, accept)) ? NOVA_TYPE : JSON_TYPE;
}

/** The Content-Type header of a success. */
export const typeHeader = (call: Pick<Call, 'headers'>): { readonly 'Content-Type': string } => ({
  'Content-Type': replyType(call),
});

/** A 204, which has a Content-Type as in Nova. */
export const noContent = (call: Pick<Call, 'headers'>): Reply => ({
  status: 204,
  headers: { ...typeHeader(call), 'Content-Length': '0' },
});

/** A 200 with a JSON body. */
export const okReply = (call: Pick<Call, 'headers'>, body: unknown): Reply => jsonReply(200, body, typeHeader(call));
