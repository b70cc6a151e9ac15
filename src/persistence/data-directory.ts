import { randomUUID } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ImageData } from '../domain/data/image-data.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';
import type { FsyncMode } from './document-log.ts';
import type { DataDocument, DataReferences } from './image-document.ts';

/** Maximum size, in bytes, of data that a document contains itself. */
export const MAX_INLINE_BYTES = 1024;

/** Size of the pieces in which files are read to check them, in bytes. */
const PIECE_BYTES = 1024 * 1024;

type KeptDocument = Extract<DataDocument, { readonly kind: 'kept' }>;
type FileData = Extract<ImageData, { readonly kind: 'file' }>;

/** Options of `DataDirectory`. */
export interface DataDirectoryOptions {
  /** Path of the state file, for messages. */
  readonly place: string;
  /** Whether written files survive the end of the machine: unless it is `never`. */
  readonly fsync: FsyncMode;
}

/** The directory for the image data of a state file. Converts image data to documents and back. */
export class DataDirectory implements DataReferences {
  /** Absolute path of the directory. It is created when the first file is written. */
  readonly path: string;
  readonly #place: string;
  readonly #fsync: FsyncMode;
  /** Documents of data that came from memory, so that each data is written to a file once. */
  readonly #written = new WeakMap<ImageData, KeptDocument>();
  /** Names of the files with data from memory that exist. Data whose file was deleted is written again when it is used again. */
  readonly #existing = new Set<string>();
  /** Data by path, so that images that share a file share one value. The file is deleted when that value is unused. */
  readonly #byPath = new Map<string, WeakRef<FileData>>();
  /** Where the documents of data are, by the data. */
  #pointers = new Map<ImageData, string>();

  constructor(path: string, { place, fsync }: DataDirectoryOptions) {
    this.path = path;
    this.#place = place;
    this.#fsync = fsync;
  }

  /** Returns the document of image data. Writes larger data from memory to a file. */
  readonly toDocument = (data: ImageData): DataDocument => {
    if (data.kind === 'virtual') return data;
    if (data.kind === 'file') {
      const { path, sizeBytes, crc32: checksum } = data;
      if (dirname(path) !== this.path) return data;
      const name = path.slice(this.path.length + 1);
      return { kind: 'kept', name, sizeBytes, ...(checksum !== undefined && { crc32: checksum }) };
    }
    if (data.bytes.length <= MAX_INLINE_BYTES) return { kind: 'inline', base64: data.bytes.toString('base64') };
    const written = this.#written.get(data);
    if (written !== undefined && this.#existing.has(written.name)) return written;
    const document = this.#write(data.bytes);
    this.#written.set(data, document);
    this.#existing.add(document.name);
    return document;
  };

  /** Returns the path of the file in the directory that holds image data; `undefined` if there is none. */
  pathOf(data: ImageData): string | undefined {
    if (data.kind === 'file') return dirname(data.path) === this.path ? data.path : undefined;
    const written = data.kind === 'bytes' ? this.#written.get(data) : undefined;
    return written === undefined ? undefined : join(this.path, written.name);
  }

  /** Notes that a file was deleted. */
  noteDeleted(path: string): void {
    this.#byPath.delete(path);
    this.#existing.delete(basename(path));
  }

  /** Returns the image data of a document. Whether its file is complete is reported by `check`. */
  readonly toData = (document: DataDocument, pointer: string): ImageData => {
    if (document.kind === 'virtual') return document;
    if (document.kind === 'inline') return { kind: 'bytes', bytes: Buffer.from(document.base64, 'base64') };
    const path = document.kind === 'kept' ? join(this.path, document.name) : document.path;
    const known = this.#byPath.get(path)?.deref();
    if (known !== undefined) return known;
    const { sizeBytes, crc32: checksum } = document;
    const data: FileData = { kind: 'file', path, sizeBytes, ...(checksum !== undefined && { crc32: checksum }) };
    this.#byPath.set(path, new WeakRef(data));
    this.#pointers.set(data, pointer);
    return data;
  };

  /**
   * Checks the files of data: those that `toData` returned since the last check.
   * @param needed - the data that images still have. A later change may have deleted the others.
   * @throws InputError for the first file that is missing, has another size or another content.
   */
  async check(needed: Iterable<ImageData>): Promise<void> {
    for await (const { issue } of this.issues(needed)) throw new InputError(this.#place, [issue]);
    this.#pointers = new Map();
  }

  /** Finds the files of data that are missing or have another content than their documents say. */
  async *issues(needed: Iterable<ImageData>): AsyncGenerator<{ readonly data: ImageData; readonly issue: InputIssue }> {
    const checked = new Set<ImageData>();
    for (const data of needed) {
      if (data.kind !== 'file' || checked.has(data)) continue;
      checked.add(data);
      const issue = await issueOf(data, this.#pointers.get(data) ?? '');
      if (issue !== undefined) yield { data, issue };
    }
  }

  #write(bytes: Buffer): KeptDocument {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const name = `${randomUUID()}.blob`;
    const path = join(this.path, name);
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      if (this.#fsync !== 'never') fsyncSync(descriptor);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return { kind: 'kept', name, sizeBytes: bytes.length, crc32: crc32(bytes) };
  }
}

/** Returns what is wrong with a file of data. */
async function issueOf(
  { path, sizeBytes, crc32: expected }: FileData,
  pointer: string,
): Promise<InputIssue | undefined> {
  const found = statSync(path, { throwIfNoEntry: false })?.size ?? null;
  if (found !== sizeBytes) {
    const message = `the data file ${path} ${found === null ? 'is missing' : 'is incomplete'}`;
    return { pointer, message, found, allowed: `a file of ${sizeBytes} bytes` };
  }
  if (expected === undefined) return undefined;
  const checksum = await checksumOf(path);
  if (checksum === expected) return undefined;
  const message = `the data file ${path} was changed after it was written: its checksum differs`;
  return { pointer, message, found: checksum, allowed: String(expected) };
}

/** Returns the CRC-32 of a file. */
async function checksumOf(path: string): Promise<number> {
  let checksum = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) checksum = crc32(piece, checksum);
  return checksum;
}
