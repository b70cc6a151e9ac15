import { type Collections, createLayer, ensureCollection, type Layer } from './document-layer.ts';
import type { LogRecord } from './log-record.ts';
import type { State } from './state.ts';

/** Changes that are logged together. Worlds see its layers only after they have been logged. */
export class Batch {
  /** The records to log, in order. */
  readonly records: LogRecord[] = [];
  /** The layers that the records create. */
  readonly layers: Layer[] = [];
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /** Adds records at the end. */
  add(records: Iterable<LogRecord>): void {
    for (const record of records) this.records.push(record);
  }

  /** Creates a layer. */
  createLayer(parent: Layer | null): Layer {
    const layer = createLayer(this.#state.nextLayer, parent);
    this.#state.nextLayer += 1;
    this.records.push(['layer', layer.id, parent?.id ?? null]);
    this.layers.push(layer);
    return layer;
  }

  /** Adds documents to a layer of this batch; a document `null` hides one of the layers below. */
  putDocuments(layer: Layer, collections: Collections): void {
    for (const [name, documents] of collections) {
      for (const [id, document] of documents) {
        ensureCollection(layer, name).set(id, document);
        this.records.push(['document', layer.id, name, id, document]);
      }
    }
  }
}
