import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import { InputError } from '../input/input-error.ts';
import { imagesOf, type Layer } from './document-layer.ts';
import { type DataReferences, toDocument } from './image-document.ts';
import { FORMAT, parseState } from './parse-state.ts';
import { layersOf, type State, type WorldEntry } from './state.ts';

/** Number of pieces, about one for each image, that are written before other work of the process may run. */
const PIECES_PER_TURN = 500;

/** The lowdb adapter that reads and writes a state as a file. A write replaces the whole file, or fails and leaves it. */
export class StateFile implements Adapter<State> {
  readonly #place: string;
  readonly #text: Adapter<string>;
  readonly #references: DataReferences;

  /**
   * @param place - path of the file, for messages.
   * @param text - reads and writes the content of the file.
   */
  constructor(place: string, text: Adapter<string>, references: DataReferences) {
    this.#place = place;
    this.#text = text;
    this.#references = references;
  }

  /**
   * Reads the state; `null` if the file does not exist.
   * @throws InputError if the file is not a state file or is invalid.
   */
  async read(): Promise<State | null> {
    const text = await this.#text.read();
    if (text === null) return null;
    return parseState(this.#parseJson(text), this.#place, this.#references);
  }

  /**
   * Writes the state in pieces. A change made meanwhile may be in the file or not; the log of the same generation has it
   * either way.
   */
  async write(state: State): Promise<void> {
    const head = headOf(state);
    // Collected before other work runs: the log may refer to a layer that is dropped meanwhile.
    const layers = layersOf(state.worlds.values());
    const pieces: string[] = [];
    for (const piece of this.#piecesOf(layers)) {
      pieces.push(piece);
      if (pieces.length % PIECES_PER_TURN === 0) await nextTurn();
    }
    await this.#text.write(`${head},"layers":[${pieces.join('')}]}\n`);
  }

  #parseJson(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      const message = `expected JSON: ${(error as Error).message}`;
      throw new InputError(this.#place, [
        { pointer: '', message, found: text.slice(0, 100), allowed: 'a state file that Sideglance wrote' },
      ]);
    }
  }

  /** The JSON text of layers: for each one its members other than images, then its images one by one. */
  *#piecesOf(layers: Iterable<Layer>): Iterable<string> {
    let separator = '';
    for (const layer of layers) {
      const { id, parent } = layer;
      const documents = Object.fromEntries([...layer.documents].map(([name, all]) => [name, Object.fromEntries(all)]));
      yield `${separator}\n{"id":${id},"parent":${parent?.id ?? null},"documents":${JSON.stringify(documents)},"images":{`;
      separator = '';
      for (const image of imagesOf(layer)) {
        const document = toDocument(image, this.#references.toDocument);
        yield `${separator}\n${JSON.stringify(image.id)}:${JSON.stringify(document)}`;
        separator = ',';
      }
      yield '}}';
      separator = ',';
    }
  }
}

/** The JSON text of a state without its layers and without the closing brace. */
function headOf({ generation, nextLayer, worlds }: State): string {
  const head = {
    sideglance: 'state',
    format: FORMAT,
    generation,
    nextLayer,
    worlds: [...worlds.values()].map(toWorld),
  };
  return JSON.stringify(head).slice(0, -1);
}

const toWorld = ({ name, origin, present, snapshots }: WorldEntry): object => ({
  name,
  origin: origin.id,
  present: present.id,
  ...(snapshots.size > 0 && { snapshots: Object.fromEntries([...snapshots].map(([key, { id }]) => [key, id])) }),
});
