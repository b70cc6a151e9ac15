import { setImmediate as turn } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import { isObject, type Json } from '../base/json.ts';
import type { ImageData } from '../domain/data/image-data.ts';
import type { Image } from '../domain/image.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import {
  createEntry,
  createLayer,
  createState,
  imagesOf,
  type Layer,
  layersOf,
  type State,
  setDocument,
} from './document-layer.ts';
import type { LogRecord } from './document-log.ts';
import { checkImageDocument, type DataDocument, type ImageDocument, toDocument } from './image-document.ts';

/** How data is told to documents and found again. */
export interface DataReferences {
  readonly toDocument: (data: ImageData) => DataDocument;
  /** @throws InputError for data that is not there. */
  readonly toData: (document: DataDocument, pointer: string) => ImageData;
}

const FORMAT = 1;

/** How many images are written out before others have a turn. */
const IMAGES_A_TURN = 500;

/** lowdb's way from the state to its file and back. The file is replaced as a whole, or stays as it was. */
export class StateFile implements Adapter<State> {
  readonly #place: string;
  readonly #text: Adapter<string>;
  readonly #references: DataReferences;

  constructor(place: string, text: Adapter<string>, references: DataReferences) {
    this.#place = place;
    this.#text = text;
    this.#references = references;
  }

  /** @throws InputError for a file that holds anything else than a state. */
  async read(): Promise<State | null> {
    const text = await this.#text.read();
    if (text === null) return null;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new InputError(this.#place, [
        {
          pointer: '',
          message: `is no JSON: ${(error as Error).message}`,
          allowed: 'a state file as this program writes it',
        },
      ]);
    }
    return parseState(value, this.#place, this.#references);
  }

  /**
   * Writes the state as it is by and by: what changes meanwhile may be in it or not, and is in the log of the same
   * generation either way.
   */
  async write(state: State): Promise<void> {
    const { generation, nextLayer } = state;
    const worlds = [...state.worlds.values()].map(({ name, origin, present, snapshots }) => ({
      name,
      origin: origin.id,
      present: present.id,
      ...(snapshots.size > 0 && { snapshots: Object.fromEntries([...snapshots].map(([key, { id }]) => [key, id])) }),
    }));
    const pieces: string[] = [];
    let sinceTurn = 0;
    // Found before others have a turn: a layer that is dropped meanwhile may still be spoken of in the log.
    for (const layer of layersOf(state.worlds.values())) {
      const { id, parent } = layer;
      const images: string[] = [];
      for (const image of imagesOf(layer)) {
        images.push(`\n${JSON.stringify(image.id)}:${JSON.stringify(toDocument(image, this.#references.toDocument))}`);
        sinceTurn += 1;
        if (sinceTurn % IMAGES_A_TURN === 0) await turn();
      }
      const documents = Object.fromEntries([...layer.documents].map(([name, all]) => [name, Object.fromEntries(all)]));
      pieces.push(
        `\n{"id":${id},"parent":${parent?.id ?? null},"documents":${JSON.stringify(documents)},"images":{${images.join()}}}`,
      );
    }
    const head = JSON.stringify({ sideglance: 'state', format: FORMAT, generation, nextLayer, worlds }).slice(0, -1);
    await this.#text.write(`${head},"layers":[${pieces.join()}]}\n`);
  }
}

function parseState(value: unknown, place: string, references: DataReferences): State {
  const refuse = (...issues: InputIssue[]): never => {
    throw new InputError(place, issues);
  };
  if (!isObject(value) || value['sideglance'] !== 'state') {
    return refuse({
      pointer: '/sideglance',
      message: 'is no state file',
      allowed: ['state'],
      ...(isObject(value) && { found: value['sideglance'] }),
    });
  }
  if (value['format'] !== FORMAT) {
    refuse({
      pointer: '/format',
      message: 'is a format of another release',
      found: value['format'],
      allowed: String(FORMAT),
    });
  }
  const state = createState();
  for (const name of ['generation', 'nextLayer'] as const) {
    if (!Number.isSafeInteger(value[name])) {
      refuse({ pointer: `/${name}`, message: 'is no count', found: value[name], allowed: 'a whole number' });
    }
    state[name] = value[name] as number;
  }
  const list = (name: string): readonly unknown[] => {
    const found = value[name];
    return Array.isArray(found)
      ? found
      : refuse({ pointer: `/${name}`, message: 'is no list', found, allowed: 'a list' });
  };
  const replay = new Replay(state, references);
  const apply = (pointer: string, record: LogRecord): void => {
    const issues = replay.apply(record, pointer);
    if (issues.length > 0) refuse(...issues);
  };
  for (const [nth, layer] of list('layers').entries()) {
    const at = `/layers/${nth}`;
    const { id, parent, images, documents } = (isObject(layer) ? layer : {}) as Json;
    if (!isObject(images) || !isObject(documents)) {
      return refuse({
        pointer: at,
        message: 'is no layer',
        allowed: 'an object with id, parent, images and documents',
      });
    }
    apply(at, ['layer', id as number, parent as number | null]);
    for (const [imageId, image] of Object.entries(images)) {
      const pointer = `${at}/images/${imageId}`;
      apply(pointer, ['image', id as number, image]);
      const found = (image as ImageDocument).id;
      if (found !== imageId) {
        refuse({ pointer: `${pointer}/id`, message: 'is not the id it stands under', found, allowed: imageId });
      }
    }
    for (const [collection, all] of Object.entries(documents)) {
      const pointer = `${at}/documents/${collection}`;
      if (!isObject(all)) return refuse({ pointer, message: 'is no collection', found: all, allowed: 'an object' });
      for (const [key, document] of Object.entries(all)) {
        apply(`${pointer}/${key}`, ['document', id as number, collection, key, document]);
      }
    }
  }
  for (const [nth, world] of list('worlds').entries()) {
    const { name, origin, present, snapshots = {} } = (isObject(world) ? world : {}) as Json;
    apply(`/worlds/${nth}`, ['world', name as string, origin as number, present as number]);
    for (const [key, layer] of Object.entries(snapshots as Json)) {
      apply(`/worlds/${nth}/snapshots/${key}`, ['snapshot', name as string, key, layer as number]);
    }
  }
  return state;
}

/** Brings changes that were written down back into a state. */
export class Replay {
  readonly #state: State;
  readonly #references: DataReferences;
  readonly #layers = new Map<number, Layer>();

  constructor(state: State, references: DataReferences) {
    this.#state = state;
    this.#references = references;
    const add = (layer: Layer | null): void => {
      for (let each = layer; each !== null && !this.#layers.has(each.id); each = each.parent)
        this.#layers.set(each.id, each);
    };
    for (const layer of layersOf(state.worlds.values())) add(layer);
  }

  /** Applies a change; answers what is wrong with one that is none. */
  apply(record: unknown, pointer: string): readonly InputIssue[] {
    const wrong = (message: string, allowed: string): readonly InputIssue[] => [
      { pointer, message, found: record, allowed },
    ];
    if (!Array.isArray(record)) return wrong('is no change', 'a list');
    const [what, first, second, third, fourth] = record as readonly unknown[];
    if (what === 'drop') {
      this.#state.worlds.delete(String(first));
      return [];
    }
    if (what === 'layer') {
      const parent = second === null ? null : this.#layers.get(second as number);
      if (!Number.isSafeInteger(first) || parent === undefined)
        return wrong('is no layer', 'a number, and a layer before it');
      // Already there where the state was written while the log went on.
      if (!this.#layers.has(first as number)) this.#layers.set(first as number, createLayer(first as number, parent));
      this.#state.nextLayer = Math.max(this.#state.nextLayer, (first as number) + 1);
      return [];
    }
    if (what === 'world') {
      const origin = this.#layers.get(second as number);
      const present = this.#layers.get(third as number);
      if (typeof first !== 'string' || origin === undefined || present === undefined) {
        return wrong('is no world', 'a name and two layers before it');
      }
      const known = this.#state.worlds.get(first);
      if (known?.origin === origin) known.present = present;
      else this.#state.worlds.set(first, createEntry(first, origin, present));
      return [];
    }
    if (what === 'snapshot' || what === 'forget') {
      const world = this.#state.worlds.get(String(first));
      const kept = what === 'snapshot' ? this.#layers.get(third as number) : undefined;
      if (world === undefined || typeof second !== 'string' || (what === 'snapshot' && kept === undefined)) {
        return wrong(`is no ${what}`, 'a world before it, a name and a layer before it');
      }
      if (kept === undefined) world.snapshots.delete(second);
      else world.snapshots.set(second, kept);
      return [];
    }
    const layer = this.#layers.get(first as number);
    if (layer === undefined) return wrong('is of no layer', 'a layer before it');
    if (what === 'document' && typeof second === 'string' && typeof third === 'string' && fourth !== undefined) {
      setDocument(layer, second, third, fourth);
      return [];
    }
    if (what !== 'image') return wrong('is no change', 'layer, image, document, world, snapshot, forget or drop');
    const issues = checkImageDocument(second, pointer);
    if (issues.length === 0) this.#putImage(layer, second as ImageDocument, pointer);
    return issues;
  }

  #putImage(layer: Layer, document: ImageDocument, pointer: string): void {
    const data = document.data === null ? null : this.#references.toData(document.data, `${pointer}/data`);
    const { staged, ...rest } = document;
    const image: Image = {
      ...rest,
      data,
      ...(staged !== undefined && {
        staged: { ...staged, data: this.#references.toData(staged.data, `${pointer}/staged/data`) },
      }),
    };
    layer.images.set(image.id, image);
  }
}
