import { type BodyHolder, type BodyPages, JournalBody } from './body-pages.ts';
import type { CopiedTexts } from './copied-texts.ts';
import type { EntryKind } from './entry-kinds.ts';
import { COUNT, COUNTS, NO_IMAGE, NUMBER, NUMBERS, REFERENCE, REFERENCES } from './entry-layout.ts';
import { RecordedRequest } from './recorded.ts';
import { NO_BODY, type StoredBody } from './stored-body.ts';

/** The memory of a block of entries. */
interface BlockMemory {
  readonly numbers: Float64Array;
  readonly counts: Uint32Array;
  readonly references: readonly unknown[];
  readonly texts: CopiedTexts;
}

/** One row of it. */
interface Row {
  readonly number: (member: number) => number;
  readonly count: (member: number) => number;
  readonly reference: (member: number) => unknown;
  readonly kind: EntryKind;
  readonly texts: CopiedTexts;
}

/** Creates the object of an entry, which takes over its bodies. */
export function readRow(
  { numbers, counts, references, texts }: BlockMemory,
  at: number,
  pages: BodyPages,
): RecordedRequest {
  const row: Row = {
    number: (member) => numbers[at * NUMBERS + member] as number,
    count: (member) => counts[at * COUNTS + member] as number,
    reference: (member) => references[at * REFERENCES + member],
    kind: references[at * REFERENCES + REFERENCE.KIND] as EntryKind,
    texts,
  };
  const entry = new RecordedRequest();
  readNumbers(row, entry);
  readKind(row.kind, entry);
  readTexts(row, entry);
  entry.requestBody = bodyOf(row, { size: COUNT.REQUEST_BODY, holder: REFERENCE.REQUEST_BODY }, pages);
  entry.responseBody = bodyOf(row, { size: COUNT.RESPONSE_BODY, holder: REFERENCE.RESPONSE_BODY }, pages);
  return entry;
}

function readNumbers({ number, count }: Row, entry: RecordedRequest): void {
  entry.sequence = number(NUMBER.SEQUENCE);
  entry.bytes = count(COUNT.BYTES);
  entry.time = number(NUMBER.TIME);
  entry.started = number(NUMBER.STARTED);
  entry.firstByte = number(NUMBER.FIRST_BYTE);
  entry.lastByte = entry.firstByte;
  entry.connection = count(COUNT.CONNECTION);
  entry.requestOnConnection = count(COUNT.REQUEST);
}

function readKind(kind: EntryKind, entry: RecordedRequest): void {
  entry.dialect = kind.dialect;
  entry.operation = kind.operation;
  entry.method = kind.method;
  entry.status = kind.status;
  entry.source = kind.source;
  entry.caller = kind.caller;
  entry.label = kind.label;
  entry.fired = kind.fired;
  entry.decision = kind.decision;
  entry.isDecidedEarly = kind.isDecidedEarly;
  entry.requestHeaders = kind.requestHeaders;
}

function readTexts({ count, reference, kind, texts }: Row, entry: RecordedRequest): void {
  const changed = count(COUNT.CHANGED);
  const known = reference(REFERENCE.URL) as string | undefined;
  const isChanged = (at: number): boolean => at % 2 === 1 && (changed & (1 << (at >>> 1))) !== 0;
  const list = kind.responseHeaders;
  const amount = list.filter((_text, at) => isChanged(at)).length + (known === undefined ? 1 : 0);
  const copied = texts.read(count(COUNT.COPIED), amount).values();
  const next = (): string => copied.next().value as string;
  entry.url = known ?? next();
  entry.responseHeaders = list.map((text, at) => (isChanged(at) ? next() : text));
  const image = count(COUNT.IMAGE);
  if (image === NO_IMAGE) return;
  const start = image >>> 16;
  entry.imageId = entry.url.slice(start, start + (image & 0xffff));
}

function bodyOf(
  { count, reference }: Row,
  places: { readonly size: number; readonly holder: number },
  pages: BodyPages,
): StoredBody {
  const size = count(places.size);
  if (size === 0) return NO_BODY;
  const holder = reference(places.holder) as BodyHolder;
  const [storedBytes, start] = [count(places.size + 1), count(places.size + 2)];
  return new JournalBody().takeOver(holder, { size, storedBytes, start }, pages);
}
