import type { Image } from '../image.ts';
import type { Sort, SortKey } from './image-query.ts';

/** A value that images are compared by. */
export type Scalar = string | number | boolean | null;

const RANK = { boolean: 1, number: 2, string: 3 } as const;

const rank = (value: Scalar): number => (value === null ? 0 : RANK[typeof value as keyof typeof RANK]);

/** Which of two values comes first, nothing before everything: negative, zero or positive. */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  const ranks = rank(left) - rank(right);
  if (ranks !== 0) return ranks;
  return (left as number) < (right as number) ? -1 : 1;
}

/** Which of two texts comes first by code point, as bytes of UTF-8 compare: negative, zero or positive. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return codeOrder(a) - codeOrder(b);
  }
  return left.length - right.length;
}

/** Halves of a pair stand for code points above all single units, though they are not the highest units. */
const codeOrder = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

const READ: { readonly [K in SortKey]: (image: Image) => Scalar } = {
  name: (image) => image.name,
  status: (image) => image.status,
  containerFormat: (image) => image.containerFormat,
  diskFormat: (image) => image.diskFormat,
  sizeBytes: (image) => image.sizeBytes,
  id: (image) => image.id,
  createdAt: (image) => image.createdAt,
  updatedAt: (image) => image.updatedAt,
  owner: (image) => image.owner,
};

/**
 * A total order of images, written so that its first key ascends; a list that descends reads it backwards, so both
 * need only one index.
 */
export interface ImageOrder {
  /** Two orders of the same signature are the same. */
  readonly signature: string;
  readonly leadKey: SortKey;
  readonly lead: (image: Image) => Scalar;
  readonly compare: (left: Image, right: Image) => number;
}

const orders = new Map<string, ImageOrder>();

/**
 * The order that a query asks for, and whether it is to be read backwards. `createdAt` and `id` are added at the end
 * where they are not given: in the direction of the key where there is one, descending after several.
 */
export function orderOf(asked: readonly Sort[] | undefined): {
  readonly order: ImageOrder;
  readonly backwards: boolean;
} {
  const sorts = complete(asked ?? []);
  const backwards = sorts[0]?.direction === 'desc';
  const signature = sorts.map(({ key, direction }) => ((direction === 'desc') === backwards ? key : `-${key}`)).join();
  let order = orders.get(signature);
  if (order === undefined) {
    order = createOrder(signature, sorts, backwards);
    // Keys in any number and order are a client's choice; what it thinks up must not stay for ever.
    if (orders.size >= 256) orders.clear();
    orders.set(signature, order);
  }
  return { order, backwards };
}

function complete(asked: readonly Sort[]): readonly Sort[] {
  const ties = asked.length === 1 && asked[0] !== undefined ? asked[0].direction : 'desc';
  const sorts: Sort[] = [];
  const given = [...asked, { key: 'createdAt', direction: ties }, { key: 'id', direction: ties }] as const;
  for (const sort of given) {
    if (sorts.every(({ key }) => key !== sort.key)) sorts.push(sort);
    // No two images share an id, so nothing after it decides anything.
    if (sort.key === 'id') break;
  }
  return sorts;
}

function createOrder(signature: string, sorts: readonly Sort[], backwards: boolean): ImageOrder {
  const keys = sorts.map(({ key, direction }) => ({
    read: READ[key],
    sign: (direction === 'desc') === backwards ? 1 : -1,
  }));
  const leadKey = (sorts[0] as Sort).key;
  const compare = (left: Image, right: Image): number => {
    if (left === right) return 0;
    for (const { read, sign } of keys) {
      const order = compareScalars(read(left), read(right));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
  return { signature, leadKey, lead: READ[leadKey], compare };
}
