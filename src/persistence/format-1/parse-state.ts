import { isObject, type Json } from '../../base/json.ts';
import { InputError, type InputIssue } from '../../input/input-error.ts';
import type { DataReferences } from '../image-document.ts';
import type { LogRecord } from '../log-record.ts';
import { Replay } from '../replay.ts';
import { createState, type State } from '../state.ts';

/** Version of this format of state files. It has no checksums. */
const FORMAT = 1;

/** Adds layers and worlds of a state file to a state, as records. */
interface Parser {
  /** Path of the state file, for messages. */
  readonly place: string;
  readonly replay: Replay;
}

/**
 * Parses the content of a state file of format 1: one JSON document.
 * @param place - path of the state file, for messages.
 * @throws InputError at the first invalid value, and if image data that it refers to is missing.
 */
export function parseState(value: unknown, place: string, references: DataReferences): State {
  const file = parseHeader(value, place);
  const state: State = {
    ...createState(),
    version: { generation: parseInteger(file, 'generation', place), id: '', previous: null },
    nextLayer: parseInteger(file, 'nextLayer', place),
  };
  const parser: Parser = { place, replay: new Replay(state, references) };
  const layers = parseList(file, 'layers', place);
  for (const [index, layer] of layers.entries()) addLayer(parser, layer, `/layers/${index}`);
  const worlds = parseList(file, 'worlds', place);
  for (const [index, world] of worlds.entries()) addWorld(parser, world, `/worlds/${index}`);
  return state;
}

function parseHeader(value: unknown, place: string): Json {
  const file = membersOf(value);
  const { sideglance, format } = file;
  if (sideglance !== 'state') {
    const message = 'expected a state file';
    throw invalid(place, { pointer: '/sideglance', message, found: sideglance, allowed: ['state'] });
  }
  if (format !== FORMAT) {
    const message = 'expected a format that this release knows';
    throw invalid(place, {
      pointer: '/format',
      message,
      found: format,
      allowed: '1, or 2, in which each line has a checksum',
    });
  }
  return file;
}

function parseInteger(file: Json, name: string, place: string): number {
  const found = file[name];
  if (Number.isSafeInteger(found)) return found as number;
  throw invalid(place, { pointer: `/${name}`, message: 'expected an integer', found, allowed: 'an integer' });
}

function parseList(file: Json, name: string, place: string): readonly unknown[] {
  const found = file[name];
  if (Array.isArray(found)) return found;
  throw invalid(place, { pointer: `/${name}`, message: 'expected a list', found, allowed: `a list of ${name}` });
}

function addLayer(parser: Parser, layer: unknown, pointer: string): void {
  const { id, parent, images, documents } = membersOf(layer);
  if (!isObject(images) || !isObject(documents)) {
    const allowed = 'an object with id, parent, images and documents';
    throw invalid(parser.place, { pointer, message: 'expected a layer', found: layer, allowed });
  }
  add(parser, ['layer', id, parent], pointer);
  for (const [key, image] of Object.entries(images)) addImage(parser, [id, key, image], `${pointer}/images/${key}`);
  for (const [name, collection] of Object.entries(documents)) {
    addCollection(parser, [id, name, collection], `${pointer}/documents/${name}`);
  }
}

/** A value under its key in a layer. */
type InLayer = readonly [layer: unknown, key: string, value: unknown];

function addImage(parser: Parser, [layer, key, image]: InLayer, pointer: string): void {
  add(parser, ['image', layer, image], pointer);
  const found = membersOf(image)['id'];
  if (found === key) return;
  const message = 'expected the key of the image as its id';
  throw invalid(parser.place, { pointer: `${pointer}/id`, message, found, allowed: key });
}

function addCollection(parser: Parser, [layer, name, collection]: InLayer, pointer: string): void {
  if (!isObject(collection)) {
    const message = 'expected a collection of documents';
    throw invalid(parser.place, { pointer, message, found: collection, allowed: 'an object' });
  }
  for (const [id, document] of Object.entries(collection)) {
    add(parser, ['document', layer, name, id, document], `${pointer}/${id}`);
  }
}

function addWorld(parser: Parser, world: unknown, pointer: string): void {
  const { name, origin, present, snapshots = {} } = membersOf(world);
  add(parser, ['world', name, origin, present], pointer);
  if (!isObject(snapshots)) {
    const allowed = 'an object with a layer for each name';
    throw invalid(parser.place, {
      pointer: `${pointer}/snapshots`,
      message: 'expected snapshots',
      found: snapshots,
      allowed,
    });
  }
  for (const [key, layer] of Object.entries(snapshots)) {
    add(parser, ['snapshot', name, key, layer], `${pointer}/snapshots/${key}`);
  }
}

/** Applies a record, whose fields have not been checked yet. */
function add({ place, replay }: Parser, record: readonly [LogRecord[0], ...unknown[]], pointer: string): void {
  const issues = replay.apply(record, pointer);
  if (issues.length > 0) throw invalid(place, ...issues);
}

/** The members of an object; none of another value. */
const membersOf = (value: unknown): Json => (isObject(value) ? value : {});

const invalid = (place: string, ...issues: readonly InputIssue[]): InputError => new InputError(place, issues);
