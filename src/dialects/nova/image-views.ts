/** How the Compute API and Rackspace's Cloud Servers show images, and what both read out of the parameters of a list. */
import type { Caller } from '../../domain/caller.ts';
import { toSeconds } from '../../domain/clock.ts';
import type { Image, ImageStatus } from '../../domain/image.ts';
import { compareTexts } from '../../domain/image-store/image-order.ts';
import type { Audience } from '../../domain/image-store/image-query.ts';
import { encodeQuery } from '../shared/paging.ts';

const STATUS: Partial<Readonly<Record<ImageStatus, string>>> = {
  active: 'ACTIVE',
  queued: 'SAVING',
  saving: 'SAVING',
  deleted: 'DELETED',
  pending_delete: 'DELETED',
  killed: 'ERROR',
};

const PROGRESS: Partial<Readonly<Record<ImageStatus, number>>> = { queued: 25, saving: 50, active: 100 };

const TRUE_WORDS: ReadonlySet<string> = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

/** Where the addresses in an answer begin. */
export interface Addresses {
  /** Up to and with the tenant: `http://…/compute/v2.1/{tenant}`. */
  readonly self: string;
  /** The same without the version. */
  readonly bookmark: string;
  /** The image service behind: `http://…/image`. */
  readonly images: string;
}

/** What an image looks like but for the addresses, as pieces of JSON. */
interface Pieces {
  readonly id: string;
  readonly brief: string;
  readonly full: string;
  /** Id of the server that the image was taken of. */
  readonly server: string | undefined;
  readonly end: string;
}

/** The inside of a JSON string. */
const inside = (text: string): string => JSON.stringify(text).slice(1, -1);

const links = (kind: string, id: string, at: Addresses): string =>
  `{"rel":"self","href":"${at.self}/${kind}/${id}"},{"rel":"bookmark","href":"${at.bookmark}/${kind}/${id}"}`;

const imageLinks = (id: string, at: Addresses): string =>
  `${links('images', id, at)},{"rel":"alternate","type":"application/vnd.openstack.image","href":"${at.images}/images/${id}"}`;

/**
 * Images as one API shows them. What does not depend on the address asked is made once for each value of an image, so
 * that tenants and worlds that share an image share its text.
 */
export class ImageViews {
  readonly #pieces = new WeakMap<Image, Pieces>();
  readonly #metadata: (properties: Image['properties']) => object;
  readonly #further: (image: Image) => object;

  /**
   * @param metadata - what the API shows as an image's metadata.
   * @param further - members that only this API has.
   */
  constructor(metadata: (properties: Image['properties']) => object, further: (image: Image) => object = () => ({})) {
    this.#metadata = metadata;
    this.#further = further;
  }

  /** `{image}`. */
  image(image: Image, at: Addresses): string {
    return `{"image":${this.#full(image, escaped(at))}}`;
  }

  /** `{images, images_links}`. */
  images(images: readonly Image[], at: Addresses, isDetail: boolean, next: string | undefined): string {
    const inJson = escaped(at);
    const list = images.map((image) => (isDetail ? this.#full(image, inJson) : this.#brief(image, inJson))).join(',');
    const tail = next === undefined ? '' : `,"images_links":${JSON.stringify([{ rel: 'next', href: next }])}`;
    return `{"images":[${list}]${tail}}`;
  }

  #brief(image: Image, at: Addresses): string {
    const { id, brief } = this.#of(image);
    return `${brief}${imageLinks(id, at)}]}`;
  }

  #full(image: Image, at: Addresses): string {
    const { id, full, server, end } = this.#of(image);
    const used = server === undefined ? '' : `,"server":{"id":"${server}","links":[${links('servers', server, at)}]}`;
    return `${full}${imageLinks(id, at)}]${used}${end}`;
  }

  #of(image: Image): Pieces {
    let pieces = this.#pieces.get(image);
    if (pieces === undefined) {
      pieces = this.#cut(image);
      this.#pieces.set(image, pieces);
    }
    return pieces;
  }

  #cut(image: Image): Pieces {
    const { instance_uuid: server, auto_disk_config: diskConfig } = image.properties;
    const facts = {
      id: image.id,
      name: image.name,
      minRam: image.minRam,
      minDisk: image.minDisk,
      metadata: this.#metadata(image.properties),
      created: toSeconds(image.createdAt),
      updated: toSeconds(image.updatedAt),
      status: STATUS[image.status] ?? 'UNKNOWN',
      progress: PROGRESS[image.status] ?? 0,
      'OS-EXT-IMG-SIZE:size': image.sizeBytes ?? 0,
      ...this.#further(image),
    };
    return {
      id: inside(image.id),
      brief: open({ id: image.id, name: image.name }),
      full: open(facts),
      server: server === undefined ? undefined : inside(server),
      end: diskConfig === undefined ? '}' : `,"OS-DCF:diskConfig":"${isTrue(diskConfig) ? 'AUTO' : 'MANUAL'}"}`,
    };
  }
}

/** An object's text, up to the links that go in at the end. */
const open = (facts: object): string => `${JSON.stringify(facts).slice(0, -1)},"links":[`;

const isTrue = (text: string): boolean => TRUE_WORDS.has(text.trim().toLowerCase());

const escaped = (at: Addresses): Addresses => ({
  self: inside(at.self),
  bookmark: inside(at.bookmark),
  images: inside(at.images),
});

/** The images that the Compute APIs list for a caller: public ones, its own, and accepted ones. */
export const audienceOf = (caller: Caller): Audience => ({
  kind: 'project',
  projectId: caller.projectId,
  own: true,
  visibilities: caller.isAdmin ? ['public', 'private', 'shared'] : ['public'],
  sharedAs: caller.isAdmin ? [] : ['accepted'],
});

/**
 * The address of the next page: the request's own parameters in the order of their names, of several values of a name
 * the greatest, and the marker in its place, or at the end where the request had none.
 */
export function nextAddress(path: string, parameters: Iterable<readonly [string, string]>, lastId: string): string {
  const sorted = [...parameters].sort(
    ([name, value], [other, otherValue]) => compareTexts(name, other) || compareTexts(value, otherValue),
  );
  return `${path}?${encodeQuery(new Map(sorted).set('marker', lastId))}`;
}

/** The server that a filter names by its id or its address. */
export const serverOf = (value: string): string => value.split('/').at(-1) ?? '';

const TIME =
  /^(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?)?)?)?(Z|([+-])(\d\d):?(\d\d)?)?$/;

/** Milliseconds since 1970 of an ISO 8601 time, UTC where it names no zone; `undefined` for other text. */
export function parseTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0'] = match;
  const [, , , , , , , , zone, sign, zoneHours = '00', zoneMinutes = '00'] = match;
  // A zone belongs to a time of day.
  if (zone !== undefined && match[4] === undefined) return undefined;
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${plain}Z`);
  // The 30th of February and the hour 24 are read as the day after by some, and are no times.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== plain) return undefined;
  const ahead = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return time + Math.floor(Number(`0.${fraction}`) * 1000) - (sign === '-' ? -ahead : sign === '+' ? ahead : 0);
}
