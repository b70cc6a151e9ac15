import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError } from '../input/input-error.ts';
import type { DataDocument } from './image-document.ts';
import type { DataReferences } from './state-file.ts';

/** Data up to this size stands in the document itself. */
const MAX_INLINE = 1024;

/** The data that documents refer to: most of it files of one directory. */
export class DataDirectory implements DataReferences {
  readonly path: string;
  readonly #place: string;
  /** Data in memory that was written out for the documents' sake: once, however often its image changes. */
  readonly #written = new WeakMap<ImageData, DataDocument>();
  /** Images that share a file must share the value too: the file goes with it. */
  readonly #files = new Map<string, WeakRef<ImageData>>();

  /** @param place - the state file, for messages. */
  constructor(path: string, place: string) {
    this.path = path;
    this.#place = place;
  }

  readonly toDocument = (data: ImageData): DataDocument => {
    if (data.kind === 'virtual') return data;
    if (data.kind === 'file') {
      const { path, sizeBytes } = data;
      if (dirname(path) !== this.path) return { kind: 'file', path, sizeBytes };
      return { kind: 'kept', name: path.slice(this.path.length + 1), sizeBytes };
    }
    if (data.bytes.length <= MAX_INLINE) return { kind: 'inline', base64: data.bytes.toString('base64') };
    const written = this.#written.get(data) ?? this.#write(data.bytes);
    this.#written.set(data, written);
    return written;
  };

  readonly toData = (document: DataDocument, pointer: string): ImageData => {
    if (document.kind === 'virtual') return document;
    if (document.kind === 'inline') return { kind: 'bytes', bytes: Buffer.from(document.base64, 'base64') };
    const path = document.kind === 'kept' ? join(this.path, document.name) : document.path;
    const known = this.#files.get(path)?.deref();
    if (known !== undefined) return known;
    const { sizeBytes } = document;
    const found = statSync(path, { throwIfNoEntry: false });
    // Data of images that were deleted later in the log may be gone; whether it is needed shows at the end.
    const data: ImageData = { kind: 'file', path, sizeBytes };
    if (found?.size !== sizeBytes) this.#missing.set(data, { pointer, found: found?.size ?? null });
    this.#files.set(path, new WeakRef(data));
    return data;
  };

  readonly #missing = new Map<ImageData, { readonly pointer: string; readonly found: number | null }>();

  /** @throws InputError where any of these was not found, or not whole, when it was referred to. */
  check(needed: Iterable<ImageData>): void {
    for (const data of needed) {
      const missing = this.#missing.get(data);
      if (missing === undefined || data.kind !== 'file') continue;
      const message = missing.found === null ? `the data is gone: ${data.path}` : `the data is not whole: ${data.path}`;
      throw new InputError(this.#place, [
        { pointer: missing.pointer, message, found: missing.found, allowed: `a file of ${data.sizeBytes} bytes` },
      ]);
    }
    this.#missing.clear();
  }

  #write(bytes: Buffer): DataDocument {
    mkdirSync(this.path, { recursive: true });
    const name = `${randomUUID()}.blob`;
    writeFileSync(join(this.path, name), bytes, { flag: 'wx' });
    return { kind: 'kept', name, sizeBytes: bytes.length };
  }
}
