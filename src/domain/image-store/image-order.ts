import type { Image } from '../image.ts';
import type { Sort, SortKey } from './image-query.ts';

/** A value that images are sorted or matched by. */
export type Scalar = string | number | boolean | null;

const RANK = { boolean: 1, number: 2, string: 3 } as const;

const rank = (value: Scalar): number => (value === null ? 0 : RANK[typeof value as keyof typeof RANK]);

/** Compares two values; `null` comes first. Returns a negative number, zero or a positive number. */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  const ranks = rank(left) - rank(right);
  if (ranks !== 0) return ranks;
  return (left as number) < (right as number) ? -1 : 1;
}

/** Compares two texts by code point, as their UTF-8 bytes compare. Returns a negative number, zero or a positive number. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return codeOrder(a) - codeOrder(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for the highest code points, although other units are higher. */
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
 * A total order of images whose first key ascends. A descending list reads the same order backwards, so that one index serves
 * both.
 */
export interface ImageOrder {
  /** Orders with equal signatures are the same. */
  readonly signature: string;
  /** The first sort key. */
  readonly leadKey: SortKey;
  /** Reads the value of the first sort key. */
  readonly lead: (image: Image) => Scalar;
  readonly compare: (left: Image, right: Image) => number;
}

const orders = new Map<string, ImageOrder>();

/**
 * The order of a query, and whether to read it backwards. `createdAt` and `id` are appended if they are absent: in the
 * direction of a single key, descending after several.
 */
export function orderOf(requested: readonly Sort[] | undefined): {
  readonly order: ImageOrder;
  readonly backwards: boolean;
} {
  const sorts = complete(requested ?? []);
  const backwards = sorts[0]?.direction === 'desc';
  const signature = sorts.map(({ key, direction }) => ((direction === 'desc') === backwards ? key : `-${key}`)).join();
  let order = orders.get(signature);
  if (order === undefined) {
    order = createOrder(signature, sorts, backwards);
    // Clients may send any combination of keys, so the cache is bounded.
    if (orders.size >= 256) orders.clear();
    orders.set(signature, order);
  }
  return { order, backwards };
}

function complete(requested: readonly Sort[]): readonly Sort[] {
  const ties = requested.length === 1 && requested[0] !== undefined ? requested[0].direction : 'desc';
  const sorts: Sort[] = [];
  const given = [...requested, { key: 'createdAt', direction: ties }, { key: 'id', direction: ties }] as const;
  for (const sort of given) {
    if (sorts.every(({ key }) => key !== sort.key)) sorts.push(sort);
    // Ids are unique, so later keys have no effect.
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
