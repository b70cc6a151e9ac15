/** What the Compute API and Rackspace's Cloud Servers share in showing and listing images. */
import type { Caller } from '../../domain/caller.ts';
import { toSeconds } from '../../domain/clock.ts';
import type { Image, ImageStatus } from '../../domain/image.ts';
import type { Audience, EqualityKey, ImageQuery } from '../../domain/image-query.ts';

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

const links = (kind: string, id: string, at: Addresses): readonly object[] => [
  { rel: 'self', href: `${at.self}/${kind}/${id}` },
  { rel: 'bookmark', href: `${at.bookmark}/${kind}/${id}` },
];

const imageLinks = (image: Image, at: Addresses): readonly object[] => [
  ...links('images', image.id, at),
  { rel: 'alternate', type: 'application/vnd.openstack.image', href: `${at.images}/images/${image.id}` },
];

function brief(image: Image, at: Addresses): object {
  return { id: image.id, name: image.name, links: imageLinks(image, at) };
}

function full(image: Image, at: Addresses): object {
  const { instance_uuid: server, auto_disk_config: diskConfig } = image.properties;
  return {
    id: image.id,
    name: image.name,
    minRam: image.minRam,
    minDisk: image.minDisk,
    metadata: image.properties,
    created: toSeconds(image.createdAt),
    updated: toSeconds(image.updatedAt),
    status: STATUS[image.status] ?? 'UNKNOWN',
    progress: PROGRESS[image.status] ?? 0,
    'OS-EXT-IMG-SIZE:size': image.sizeBytes ?? 0,
    links: imageLinks(image, at),
    ...(server !== undefined && { server: { id: server, links: links('servers', server, at) } }),
    ...(diskConfig !== undefined && {
      'OS-DCF:diskConfig': TRUE_WORDS.has(diskConfig.toLowerCase()) ? 'AUTO' : 'MANUAL',
    }),
  };
}

interface Text {
  readonly self: string;
  readonly text: string;
}

/** Keeps the text of each image until the image changes or another address is asked for. */
class Texts {
  readonly #texts = new WeakMap<Image, Text>();
  readonly #view: (image: Image, at: Addresses) => object;

  constructor(view: (image: Image, at: Addresses) => object) {
    this.#view = view;
  }

  of(image: Image, at: Addresses): string {
    const kept = this.#texts.get(image);
    if (kept !== undefined && kept.self === at.self) return kept.text;
    const text = JSON.stringify(this.#view(image, at));
    this.#texts.set(image, { self: at.self, text });
    return text;
  }
}

const briefTexts = new Texts(brief);
const fullTexts = new Texts(full);

/** `{image}`. */
export const imageText = (image: Image, at: Addresses): string => `{"image":${fullTexts.of(image, at)}}`;

/** `{images, images_links}`; `next` is there when more may follow. */
export function imagesText(
  images: readonly Image[],
  at: Addresses,
  isDetail: boolean,
  next: string | undefined,
): string {
  const texts = isDetail ? fullTexts : briefTexts;
  const list = images.map((image) => texts.of(image, at)).join(',');
  const tail = next === undefined ? '' : `,"images_links":${JSON.stringify([{ rel: 'next', href: next }])}`;
  return `{"images":[${list}]${tail}}`;
}

/** The address of the next page: the request's own parameters with another marker. */
export function nextAddress(path: string, parameters: URLSearchParams, lastId: string): string {
  const kept = new URLSearchParams(parameters);
  kept.delete('marker');
  kept.append('marker', lastId);
  return `${path}?${kept.toString()}`;
}

/** The images that the Compute APIs list for a caller: public ones, its own, and accepted ones. */
export function audienceOf(caller: Caller): Audience {
  const isEverything = caller.isAdmin;
  return {
    kind: 'project',
    projectId: caller.projectId,
    own: true,
    visibilities: isEverything ? ['public', 'private', 'shared'] : ['public'],
    sharedAs: isEverything ? [] : ['accepted'],
  };
}

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Milliseconds since 1970 of an ISO 8601 time, UTC where it names no zone; `undefined` for other text. */
export function parseTime(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(text.length > 10 && match[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}

/** How one of the two APIs reads the parameters of a list. */
export interface ListRules {
  readonly limitMost: number;
  /** The status that a filter names, in the domain's words. */
  readonly statuses: (value: string) => readonly string[];
  readonly type: (value: string) => string;
  /** Words for what is wrong. */
  readonly words: {
    readonly limitNumber: string;
    readonly limitNegative: string;
    readonly time: string;
  };
}

const INTEGER = /^[+-]?\d+$/;

/** A list request as a question to the domain, or what is wrong with it in a line. A repeated parameter's last value counts. */
export function parseImagesQuery(parameters: URLSearchParams, caller: Caller, rules: ListRules): ImageQuery | string {
  const equal: Partial<Record<EqualityKey, readonly (string | number | boolean | null)[]>> = { isHidden: [false] };
  const properties: Record<string, readonly string[]> = {};
  let limit = rules.limitMost;
  let marker: string | undefined;
  let since: number | undefined;
  for (const [name, value] of new Map(parameters)) {
    if (name === 'limit') {
      if (!INTEGER.test(value)) return rules.words.limitNumber;
      if (Number(value) < 0) return rules.words.limitNegative;
      // No limit at all is what the running service makes of 0.
      limit = Number(value) === 0 ? rules.limitMost : Math.min(Number(value), rules.limitMost);
    } else if (name === 'marker') {
      marker = value;
    } else if (name === 'name') {
      equal.name = [value];
    } else if (name === 'status') {
      equal.status = rules.statuses(value);
    } else if (name === 'minDisk') {
      equal.minDisk = [INTEGER.test(value) ? Number(value) : value];
    } else if (name === 'minRam') {
      equal.minRam = [INTEGER.test(value) ? Number(value) : value];
    } else if (name === 'server') {
      properties['instance_uuid'] = [value.split('/').at(-1) ?? ''];
    } else if (name === 'type') {
      properties['image_type'] = [rules.type(value)];
    } else if (name === 'changes-since') {
      since = parseTime(value);
      if (since === undefined) return rules.words.time;
    } else if (name.startsWith('property-')) {
      properties[name.slice('property-'.length)] = [value];
    }
  }
  return {
    audience: audienceOf(caller),
    equal,
    limit,
    ...(marker !== undefined && { marker }),
    ...(since !== undefined && { times: [{ key: 'updatedAt', comparison: 'gte', time: since }] }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}
