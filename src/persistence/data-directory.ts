import { randomUUID } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError } from '../input/input-error.ts';
import type { DataDocument, DataReferences } from './image-document.ts';

/** Maximum size, in bytes, of data that a document contains itself. */
const MAX_INLINE_BYTES = 1024;

/** Data whose file is missing or has another size than its document says. */
interface MissingData {
  /** Where the document is. */
  readonly pointer: string;
  /** Size of the file in bytes; `null` if there is no file. */
  readonly foundBytes: number | null;
}

/** The directory for the image data of a state file. Converts image data to documents and back. */
export class DataDirectory implements DataReferences {
  /** Absolute path of the directory. It is created when the first file is written. */
  readonly path: string;
  readonly #place: string;
  /** Documents of data that came from memory, so that each data is written to a file once. */
  readonly #written = new WeakMap<ImageData, DataDocument>();
  /** Data by path, so that images that share a file share one value. The file is deleted when that value is unused. */
  readonly #byPath = new Map<string, WeakRef<ImageData>>();
  readonly #missing = new Map<ImageData, MissingData>();

  /** @param place - path of the state file, for messages. */
  constructor(path: string, place: string) {
    this.path = path;
    this.#place = place;
  }

  /** Returns the document of image data. Writes larger data from memory to a file. */
  readonly toDocument = (data: ImageData): DataDocument => {
    if (data.kind === 'virtual') return data;
    if (data.kind === 'file') {
      const { path, sizeBytes } = data;
      if (dirname(path) !== this.path) return { kind: 'file', path, sizeBytes };
      return { kind: 'kept', name: path.slice(this.path.length + 1), sizeBytes };
    }
    if (data.bytes.length <= MAX_INLINE_BYTES) return { kind: 'inline', base64: data.bytes.toString('base64') };
    const document = this.#written.get(data) ?? this.#write(data.bytes);
    this.#written.set(data, document);
    return document;
  };

  /** Returns the image data of a document. Whether its file exists is reported by `check`. */
  readonly toData = (document: DataDocument, pointer: string): ImageData => {
    if (document.kind === 'virtual') return document;
    if (document.kind === 'inline') return { kind: 'bytes', bytes: Buffer.from(document.base64, 'base64') };
    const path = document.kind === 'kept' ? join(this.path, document.name) : document.path;
    const known = this.#byPath.get(path)?.deref();
    if (known !== undefined) return known;
    const { sizeBytes } = document;
    const data: ImageData = { kind: 'file', path, sizeBytes };
    const foundBytes = statSync(path, { throwIfNoEntry: false })?.size ?? null;
    // Not an error yet: a later record may delete or replace the image.
    if (foundBytes !== sizeBytes) this.#missing.set(data, { pointer, foundBytes });
    this.#byPath.set(path, new WeakRef(data));
    return data;
  };

  /**
   * Checks that the files of data exist in full, as far as `toData` returned the data since the last check.
   * @throws InputError for the first data whose file is missing or has another size.
   */
  check(needed: Iterable<ImageData>): void {
    for (const data of needed) {
      const missing = this.#missing.get(data);
      if (missing === undefined || data.kind !== 'file') continue;
      const { pointer, foundBytes: found } = missing;
      const message = `the data file ${data.path} ${found === null ? 'is missing' : 'is incomplete'}`;
      throw new InputError(this.#place, [{ pointer, message, found, allowed: `a file of ${data.sizeBytes} bytes` }]);
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
