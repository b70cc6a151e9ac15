import { isUtf8 } from 'node:buffer';
import { toMicroseconds } from '../base/microseconds.ts';
import { decode, isCompressed } from './compressed.ts';
import type { Entry, EntryBody, EntryMessage, HeaderField, ReportedRequest } from './entry.ts';
import { imageOf } from './image-of.ts';
import type { RecordedRequest } from './recorded.ts';
import { mentionsSecret, REDACTED, redactHeader, redactText, redactUrl } from './redact.ts';
import type { StoredBody } from './stored-body.ts';

/** What an entry shows besides what was recorded. */
export interface EntryContext {
  readonly world: string;
  readonly attempt: number;
  /** Whether secrets are shown. */
  readonly showsSecrets: boolean;
}

/** Converts a recorded request to what users see. */
export function toEntry(recorded: RecordedRequest, { world, attempt, showsSecrets }: EntryContext): Entry {
  return {
    ...toReport(recorded, { world, showsSecrets }),
    attempt,
    request: toMessage(recorded.requestHeaders, recorded.requestBody, showsSecrets),
    response: toMessage(recorded.responseHeaders, recorded.responseBody, showsSecrets),
  };
}

/** Converts a recorded request to what users see of it without its headers and bodies. */
export function toReport(
  recorded: RecordedRequest,
  { world, showsSecrets }: Omit<EntryContext, 'attempt'>,
): ReportedRequest {
  const { profiles, fired, caller, label, nearest, violations, hint, failure, invalid } = recorded;
  const image = imageOf(recorded);
  const userAgent = headerOf(recorded.requestHeaders, 'user-agent');
  return {
    id: recorded.id,
    sequence: recorded.sequence,
    time: recorded.time,
    started: toMicroseconds(performance.timeOrigin + recorded.started),
    world,
    dialect: recorded.dialect,
    operation: recorded.operation,
    method: recorded.method,
    url: showsSecrets ? recorded.url : redactUrl(recorded.url),
    status: recorded.status,
    source: recorded.source,
    ...(profiles !== undefined && { profiles }),
    outcome: recorded.outcome,
    ...(fired !== undefined && { fault: fired }),
    ...(userAgent !== undefined && { userAgent }),
    ...(caller !== undefined && caller.userName !== '' && { user: caller.userName }),
    ...(caller !== undefined && caller.projectId !== '' && { project: caller.projectId }),
    ...(image !== undefined && { image }),
    ...(label !== undefined && { label }),
    connection: { id: recorded.connection, request: recorded.requestOnConnection },
    timings: { firstByte: recorded.firstByte, lastByte: recorded.lastByte },
    milliseconds: recorded.lastByte,
    ...(nearest !== undefined && { nearest }),
    ...(violations !== undefined && { violations }),
    ...(hint !== undefined && { hint }),
    ...(failure !== undefined && { failure }),
    ...(invalid !== undefined && { invalid }),
  };
}

/** Returns the first value of a header in a flat list of names and values. */
export function headerOf(flat: readonly string[], lowerName: string): string | undefined {
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at] as string;
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return flat[at + 1];
  }
  return undefined;
}

/** Converts headers and body of a request or a response to what users see. */
export function toMessage(flat: readonly string[], body: StoredBody, showsSecrets: boolean): EntryMessage {
  const headers: HeaderField[] = [];
  for (let at = 0; at < flat.length; at += 2) {
    const field = { name: flat[at] as string, value: flat[at + 1] as string };
    headers.push(showsSecrets ? field : redactHeader(field));
  }
  if (body.size === 0 && !body.isArriving) return { headers };
  return { headers, body: toBody(body, { showsSecrets, coding: headerOf(flat, 'content-encoding') }) };
}

/** What shows a body besides its bytes. */
interface BodyContext {
  readonly showsSecrets: boolean;
  /** The value of `Content-Encoding`. */
  readonly coding: string | undefined;
}

function toBody({ size, isArriving, content, digests }: StoredBody, context: BodyContext): EntryBody {
  const { showsSecrets } = context;
  const arriving = isArriving && { arriving: true as const };
  if (content === undefined) return { size, ...arriving, ...(digests !== undefined && { digests }) };
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const isTruncated = bytes.length < size;
  const text = textOf(isTruncated ? wholeCharacters(bytes) : bytes);
  const isWithheld = text === undefined && !showsSecrets && mayHoldSecret(bytes, context.coding);
  return {
    size,
    ...(text === undefined && !isWithheld
      ? { base64: bytes.toString('base64') }
      : { text: shownText(text, showsSecrets) }),
    ...(isTruncated && { truncated: true as const }),
    ...(digests !== undefined && { digests }),
  };
}

/** Whether bytes that are no text must not be shown. */
function mayHoldSecret(bytes: Buffer, coding: string | undefined): boolean {
  const content = isCompressed(bytes, coding) ? decode(bytes, coding) : bytes;
  return content === undefined || mentionsSecret(content);
}

/** @param text - `undefined`: withheld, because a secret is in bytes that are no text. */
const shownText = (text: string | undefined, showsSecrets: boolean): string =>
  text === undefined ? REDACTED : showsSecrets ? text : redactText(text);

const textOf = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString('utf8') : undefined);

/** Removes an incomplete UTF-8 character from the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 4 && ((bytes[end - 1] as number) & 0xc0) === 0x80) end -= 1;
  return end > 0 && (bytes[end - 1] as number) >= 0xc0 && !isUtf8(bytes.subarray(end - 1))
    ? bytes.subarray(0, end - 1)
    : bytes;
}
