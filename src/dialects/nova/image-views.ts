import { toSeconds } from '../../domain/clock.ts';
import type { Image, ImageStatus } from '../../domain/image.ts';
import { isTrue } from './booleans.ts';

const STATUS: Partial<Readonly<Record<ImageStatus, string>>> = {
  active: 'ACTIVE',
  queued: 'SAVING',
  saving: 'SAVING',
  deleted: 'DELETED',
  pending_delete: 'DELETED',
  killed: 'ERROR',
};

const PROGRESS: Partial<Readonly<Record<ImageStatus, number>>> = { queued: 25, saving: 50, active: 100 };

/** Prefixes of the links in a response. */
export interface Addresses {
  /** Up to the tenant: `http://…/compute/v2.1/{tenant}`. */
  readonly self: string;
  /** The same without the version. */
  readonly bookmark: string;
  /** The image service behind the API: `http://…/image`. */
  readonly images: string;
}

/** A page of a list. */
export interface ImagePage {
  readonly images: readonly Image[];
  /** Whether images are shown in full. */
  readonly isDetail: boolean;
  /** Address of the next page, if there is one. */
  readonly next?: string | undefined;
}

/** The JSON of an image in pieces: the links, which depend on addresses, go between them. */
interface Pieces {
  readonly id: string;
  readonly brief: string;
  readonly full: string;
  /** Id of the server that the image was created from. */
  readonly server: string | undefined;
  readonly end: string;
}

/** Escapes a text for a JSON string. */
const escapeText = (text: string): string => JSON.stringify(text).slice(1, -1);

const links = (kind: string, id: string, at: Addresses): string =>
  `{"rel":"self","href":"${at.self}/${kind}/${id}"},{"rel":"bookmark","href":"${at.bookmark}/${kind}/${id}"}`;

const imageLinks = (id: string, at: Addresses): string =>
  `${links('images', id, at)},{"rel":"alternate","type":"application/vnd.openstack.image","href":"${at.images}/images/${id}"}`;

/**
 * Presents images as JSON text. The parts that do not depend on addresses are cached by image value, so tenants and
 * worlds that share an image share them.
 */
export class ImageViews {
  readonly #pieces = new WeakMap<Image, Pieces>();
  readonly #metadata: (properties: Image['properties']) => object;
  readonly #extra: (image: Image) => object;

  /**
   * @param metadata - converts properties to the API's metadata.
   * @param extra - members that only this API has.
   */
  constructor(metadata: (properties: Image['properties']) => object, extra: (image: Image) => object = () => ({})) {
    this.#metadata = metadata;
    this.#extra = extra;
  }

  /** `{image}`. */
  image(image: Image, at: Addresses): string {
    return `{"image":${this.#full(image, escapeAddresses(at))}}`;
  }

  /** `{images, images_links}`. */
  images({ images, isDetail, next }: ImagePage, at: Addresses): string {
    const escaped = escapeAddresses(at);
    const list = images.map((image) => (isDetail ? this.#full(image, escaped) : this.#brief(image, escaped))).join(',');
    const tail = next === undefined ? '' : `,"images_links":${JSON.stringify([{ rel: 'next', href: next }])}`;
    return `{"images":[${list}]${tail}}`;
  }

  #brief(image: Image, at: Addresses): string {
    const { id, brief } = this.#piecesOf(image);
    return `${brief}${imageLinks(id, at)}]}`;
  }

  #full(image: Image, at: Addresses): string {
    const { id, full, server, end } = this.#piecesOf(image);
    const origin = server === undefined ? '' : `,"server":{"id":"${server}","links":[${links('servers', server, at)}]}`;
    return `${full}${imageLinks(id, at)}]${origin}${end}`;
  }

  #piecesOf(image: Image): Pieces {
    let pieces = this.#pieces.get(image);
    if (pieces === undefined) {
      pieces = this.#present(image);
      this.#pieces.set(image, pieces);
    }
    return pieces;
  }

  #present(image: Image): Pieces {
    const { instance_uuid: server, auto_disk_config: diskConfig } = image.properties;
    const members = {
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
      ...this.#extra(image),
    };
    return {
      id: escapeText(image.id),
      brief: openLinks({ id: image.id, name: image.name }),
      full: openLinks(members),
      server: server === undefined ? undefined : escapeText(server),
      end: diskConfig === undefined ? '}' : `,"OS-DCF:diskConfig":"${isTrue(diskConfig.trim()) ? 'AUTO' : 'MANUAL'}"}`,
    };
  }
}

/** The JSON of an object up to its last member, `links`. */
const openLinks = (members: object): string => `${JSON.stringify(members).slice(0, -1)},"links":[`;

const escapeAddresses = (at: Addresses): Addresses => ({
  self: escapeText(at.self),
  bookmark: escapeText(at.bookmark),
  images: escapeText(at.images),
});
