import type { Source } from '../base/source.ts';
import { type BodyHolder, type BodyPages, JournalBody } from './body-pages.ts';
import type { CopiedTexts } from './copied-texts.ts';
import { NUMBER, NUMBERS, REFERENCE, REFERENCES } from './entry-layout.ts';
import { type FiredRule, type JournalCaller, RecordedRequest } from './recorded.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';

/** The memory of a block of entries. */
interface BlockMemory {
  readonly numbers: Float64Array;
  readonly references: readonly unknown[];
  readonly texts: CopiedTexts;
}

/** One row of it. */
interface Row {
  readonly number: (member: number) => number;
  readonly reference: (member: number) => unknown;
  readonly texts: CopiedTexts;
}

/** Creates the object of an entry, which takes over its bodies. */
export function readRow({ numbers, references, texts }: BlockMemory, at: number, pages: BodyPages): RecordedRequest {
  const row: Row = {
    number: (member) => numbers[at * NUMBERS + member] as number,
    reference: (member) => references[at * REFERENCES + member],
    texts,
  };
  const entry = new RecordedRequest();
  readNumbers(row, entry);
  readReferences(row, entry);
  readTexts(row, entry);
  entry.requestBody = bodyOf(row, { size: NUMBER.REQUEST_BODY, holder: REFERENCE.REQUEST_BODY }, pages);
  entry.responseBody = bodyOf(row, { size: NUMBER.RESPONSE_BODY, holder: REFERENCE.RESPONSE_BODY }, pages);
  return entry;
}

function readNumbers({ number }: Row, entry: RecordedRequest): void {
  entry.sequence = number(NUMBER.SEQUENCE);
  entry.bytes = number(NUMBER.BYTES);
  entry.time = number(NUMBER.TIME);
  entry.started = number(NUMBER.STARTED);
  entry.firstByte = number(NUMBER.FIRST_BYTE);
  entry.lastByte = entry.firstByte;
  entry.status = number(NUMBER.STATUS);
  entry.connection = number(NUMBER.CONNECTION);
  entry.requestOnConnection = number(NUMBER.REQUEST);
  entry.isDecidedEarly = number(NUMBER.IS_EARLY) === 1;
}

function readReferences({ reference }: Row, entry: RecordedRequest): void {
  entry.dialect = reference(REFERENCE.DIALECT) as string;
  entry.operation = reference(REFERENCE.OPERATION) as string | null;
  entry.method = reference(REFERENCE.METHOD) as string;
  entry.caller = reference(REFERENCE.CALLER) as JournalCaller | undefined;
  entry.source = reference(REFERENCE.SOURCE) as Source;
  entry.requestHeaders = reference(REFERENCE.REQUEST_HEADERS) as readonly string[];
  entry.label = reference(REFERENCE.LABEL) as string | undefined;
  entry.fired = reference(REFERENCE.FIRED) as FiredRule | undefined;
  entry.decision = reference(REFERENCE.DECISION) as object | undefined;
}

function readTexts({ number, reference, texts }: Row, entry: RecordedRequest): void {
  const template = reference(REFERENCE.RESPONSE_HEADERS) as readonly string[];
  const changed = number(NUMBER.CHANGED);
  const known = reference(REFERENCE.URL) as string | undefined;
  const isChanged = (at: number): boolean => at % 2 === 1 && (changed & (1 << (at >>> 1))) !== 0;
  const amount = template.filter((_text, at) => isChanged(at)).length + (known === undefined ? 1 : 0);
  const copied = texts.read(number(NUMBER.COPIED), amount).values();
  const next = (): string => copied.next().value as string;
  entry.url = known ?? next();
  entry.responseHeaders = template.map((text, at) => (isChanged(at) ? next() : text));
  const imageStart = number(NUMBER.IMAGE_START);
  if (imageStart >= 0) entry.imageId = entry.url.slice(imageStart, imageStart + number(NUMBER.IMAGE_LENGTH));
}

function bodyOf(
  { number, reference }: Row,
  places: { readonly size: number; readonly holder: number },
  pages: BodyPages,
): StoredBody {
  const size = number(places.size);
  if (size === 0) return NO_BODY;
  const holder = reference(places.holder) as BodyHolder;
  const [storedBytes, start] = [number(places.size + 1), number(places.size + 2)];
  return new JournalBody().takeOver(holder, { size, storedBytes, start }, pages);
}
