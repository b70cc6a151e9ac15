import type { Call, Reply } from '../../contract/contract.ts';

const JSON_TYPE = 'application/json';
const OWN_TYPE = 'application/vnd.openstack.compute+json';

/** Types of a body that the service takes; any other is refused with or without a body. */
const TAKEN: ReadonlySet<string> = new Set(['', 'text/plain', JSON_TYPE, OWN_TYPE]);

/** Whether the service takes a request with such a Content-Type. Case matters. */
export const isTaken = ({ headers }: Pick<Call, 'headers'>): boolean => {
  const type = headers['content-type'];
  return type === undefined || TAKEN.has((type.split(';', 1)[0] as string).trim());
};

/** How well one item of an Accept header fits a type: its weight, and how closely it names the type. */
interface Fit {
  readonly weight: number;
  readonly closeness: number;
}
const NO_FIT: Fit = { weight: -1, closeness: -1 };

function fitOf(type: string, accept: string): Fit {
  let best = NO_FIT;
  for (const item of accept.split(',')) {
    const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
    const closeness = range === type ? 2 : range === 'application/*' ? 1 : range === '*/*' ? 0 : -1;
    if (closeness < 0) continue;
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    if (weight > best.weight || (weight === best.weight && closeness > best.closeness)) best = { weight, closeness };
  }
  return best;
}

/** The Content-Type of a success: the service's own where it is asked for rather than plain JSON. */
export function replyType({ headers }: Pick<Call, 'headers'>): string {
  const { accept } = headers;
  if (accept === undefined || !accept.includes(OWN_TYPE)) return JSON_TYPE;
  const own = fitOf(OWN_TYPE, accept);
  const plain = fitOf(JSON_TYPE, accept);
  const isOwn = own.weight > plain.weight || (own.weight === plain.weight && own.closeness > plain.closeness);
  return isOwn ? OWN_TYPE : JSON_TYPE;
}

/** The Content-Type header of a success. */
export const typeOf = (call: Pick<Call, 'headers'>): { readonly 'Content-Type': string } => ({
  'Content-Type': replyType(call),
});

/** A success without a body, which says of what type it would be. */
export const doneWithout = (call: Pick<Call, 'headers'>): Reply => ({
  status: 204,
  headers: { ...typeOf(call), 'Content-Length': '0' },
});
