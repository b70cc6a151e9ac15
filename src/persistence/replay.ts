import type { InputIssue } from '../input/input-error.ts';
import { createLayer, type Layer, setDocument } from './document-layer.ts';

import { checkImageDocument, type DataReferences, type ImageDocument, toImage } from './image-document.ts';
import type { LogRecord } from './log-record.ts';
import { createWorldEntry, layersOf, type State } from './state.ts';

type RecordKind = LogRecord[0];

/** What records change. */
interface ReplayTarget {
  readonly state: State;
  /** All layers of the state and of earlier records, by id. */
  readonly layers: Map<unknown, Layer>;
  readonly references: DataReferences;
  /** Whether layers are created that should have been created by an earlier record: that record was lost. */
  readonly createsMissing: boolean;
}

/** A record that has not been checked yet: the kind, then its fields. */
type UncheckedRecord = readonly unknown[];

/** Applies a record of one kind. Returns what is wrong with it; an empty list if it was applied. */
type ApplyRecord = (target: ReplayTarget, record: UncheckedRecord, pointer: string) => readonly InputIssue[];

/** The issues of a valid record. */
const NONE: readonly InputIssue[] = [];

const APPLY: { readonly [K in RecordKind]: ApplyRecord } = {
  layer: addLayer,
  image: putImage,
  document: putDocument,
  world: putWorld,
  snapshot: putSnapshot,
  forget: deleteSnapshot,
  drop: dropWorld,
};

const KINDS = Object.keys(APPLY) as readonly RecordKind[];

const isKind = (value: unknown): value is RecordKind => (KINDS as readonly unknown[]).includes(value);

/** Applies records of a log or a state file to a state. */
export class Replay {
  readonly #target: ReplayTarget;

  /**
   * @param state - receives the changes.
   * @param createsMissing - whether to create layers whose records were lost; default: records of such layers are invalid.
   */
  constructor(state: State, references: DataReferences, createsMissing = false) {
    const layers = new Map<unknown, Layer>();
    for (const layer of layersOf(state.worlds.values())) layers.set(layer.id, layer);
    this.#target = { state, layers, references, createsMissing };
  }

  /**
   * Applies a record if it is valid.
   * @param record - JSON that has not been checked yet.
   * @param pointer - where the record is.
   * @returns what is wrong with the record; an empty list if it was applied.
   */
  apply(record: unknown, pointer: string): readonly InputIssue[] {
    if (!Array.isArray(record)) return [{ pointer, message: 'expected a record', found: record, allowed: 'a list' }];
    const [kind] = record as UncheckedRecord;
    if (isKind(kind)) return APPLY[kind](this.#target, record, pointer);
    return [{ pointer, message: 'expected a record of a known kind', found: record, allowed: KINDS }];
  }
}

function addLayer(target: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const { state, layers } = target;
  const [, id, parentId] = record;
  const parent = parentId === null ? null : findLayer(target, parentId);
  if (!isId(id) || parent === undefined) {
    const allowed = 'an integer as id, and null or the id of an earlier layer as parent';
    return [{ pointer, message: 'expected a layer', found: record, allowed }];
  }
  // A layer from the log may be in the state file already, if it was created while the file was being written.
  if (!layers.has(id)) layers.set(id, createLayer(id, parent));
  state.nextLayer = Math.max(state.nextLayer, id + 1);
  return NONE;
}

function putImage(target: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const [, layerId, document] = record;
  const layer = findLayer(target, layerId);
  if (layer === undefined) return unknownLayer(record, pointer);
  const issues = checkImageDocument(document, pointer);
  if (issues.length > 0) return issues;
  const image = toImage(document as ImageDocument, target.references.toData, pointer);
  layer.images.set(image.id, image);
  return NONE;
}

function putDocument(target: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const [, layerId, collection, id, document] = record;
  const layer = findLayer(target, layerId);
  if (layer === undefined) return unknownLayer(record, pointer);
  if (typeof collection !== 'string' || typeof id !== 'string' || document === undefined) {
    const allowed = 'the id of a layer, the name of a collection, the id of a document and its value';
    return [{ pointer, message: 'expected a document', found: record, allowed }];
  }
  setDocument(layer, [collection, id], document);
  return NONE;
}

function putWorld(target: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const { state } = target;
  const [, name, originId, presentId] = record;
  const origin = findLayer(target, originId);
  const present = findLayer(target, presentId);
  if (typeof name !== 'string' || origin === undefined || present === undefined) {
    const allowed = 'a name and the ids of two earlier layers: origin and present';
    return [{ pointer, message: 'expected a world', found: record, allowed }];
  }
  const world = state.worlds.get(name);
  // The same origin means the same world, with a new present layer.
  if (world?.origin === origin) world.present = present;
  else state.worlds.set(name, createWorldEntry(name, origin, present));
  return NONE;
}

function putSnapshot(target: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const [, worldName, name, layerId] = record;
  const world = target.state.worlds.get(String(worldName));
  const layer = findLayer(target, layerId);
  if (world === undefined || typeof name !== 'string' || layer === undefined) {
    const allowed = 'the name of an earlier world, the name of the snapshot and the id of an earlier layer';
    return [{ pointer, message: 'expected a snapshot', found: record, allowed }];
  }
  world.snapshots.set(name, layer);
  return NONE;
}

function deleteSnapshot({ state }: ReplayTarget, record: UncheckedRecord, pointer: string): readonly InputIssue[] {
  const [, worldName, name] = record;
  const world = state.worlds.get(String(worldName));
  if (world === undefined || typeof name !== 'string') {
    const allowed = 'the name of an earlier world and the name of the snapshot';
    return [{ pointer, message: 'expected the deletion of a snapshot', found: record, allowed }];
  }
  world.snapshots.delete(name);
  return NONE;
}

function dropWorld({ state }: ReplayTarget, record: UncheckedRecord): readonly InputIssue[] {
  // A world that is missing was dropped while the state file was being written.
  state.worlds.delete(String(record[1]));
  return NONE;
}

/** Returns a layer of an earlier record. */
function findLayer({ state, layers, createsMissing }: ReplayTarget, id: unknown): Layer | undefined {
  const known = layers.get(id);
  if (known !== undefined || !createsMissing || !isId(id)) return known;
  const layer = createLayer(id, null);
  layers.set(id, layer);
  state.nextLayer = Math.max(state.nextLayer, id + 1);
  return layer;
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value);

const unknownLayer = (record: UncheckedRecord, pointer: string): readonly InputIssue[] => [
  { pointer, message: 'expected the id of an earlier layer', found: record, allowed: 'a layer of an earlier record' },
];
