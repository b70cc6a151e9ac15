import type { ImageData } from '../../domain/data/image-data.ts';
import type { SourceBehavior, Web } from '../../domain/web.ts';

/** Data of a source as a document: bytes in base64, everything else as it is. State files hold it: do not rename members. */
type DataDocument =
  | Exclude<ImageData, { readonly kind: 'bytes' }>
  | { readonly kind: 'inline'; readonly base64: string };

type SourceDocument = Omit<SourceBehavior, 'data'> & { readonly data?: DataDocument };

/** Files elsewhere as a document, by address. */
export type WebDocument = Readonly<Record<string, SourceDocument>>;

/** Converts files elsewhere to a document. */
export const toWebDocument = (web: Web): WebDocument =>
  Object.fromEntries(
    Object.entries(web).map(([address, { data, ...rest }]): [string, SourceDocument] => [
      address,
      data === undefined ? rest : { ...rest, data: toDataDocument(data) },
    ]),
  );

/** Converts a document to files elsewhere; the inverse of `toWebDocument`. */
export const toWeb = (document: WebDocument): Web =>
  Object.fromEntries(
    Object.entries(document).map(([address, { data, ...rest }]): [string, SourceBehavior] => [
      address,
      data === undefined ? rest : { ...rest, data: toData(data) },
    ]),
  );

const toDataDocument = (data: ImageData): DataDocument =>
  data.kind === 'bytes' ? { kind: 'inline', base64: data.bytes.toString('base64') } : data;

const toData = (data: DataDocument): ImageData =>
  data.kind === 'inline' ? { kind: 'bytes', bytes: Buffer.from(data.base64, 'base64') } : data;
