import type { Call, Reply } from '../../contract/contract.ts';
import { pythonString } from './python-json.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Reason phrases of the Python services. */
export const GLANCE_REASONS: Readonly<Record<number, string>> = {
  300: 'Multiple Choices',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  417: 'Expectation Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Texts of an error page. */
export interface GlanceMessage {
  readonly message: string;
  /** Second line; most errors have none. */
  readonly detail?: string;
  readonly title?: string;
  /** Ends the message instead of a detail, in errors of the router, whose layout differs. */
  readonly ending?: string;
}

/**
 * Builds an error of Glance: HTML, JSON or text, as the request's Accept prefers.
 * @param words - message, or message and detail, not escaped. Each shape treats line breaks in its own way.
 * @param headers - additional headers, such as Allow.
 */
export function glanceErrorReply(
  status: number,
  words: string | GlanceMessage,
  call: Pick<Call, 'headers'>,
  headers?: Headers,
): Reply {
  const {
    message,
    detail = '',
    title = GLANCE_REASONS[status] ?? 'Error',
    ending,
  }: GlanceMessage = typeof words === 'string' ? { message: words } : words;
  const line = `${status} ${title}`;
  switch (preferredShape(call.headers.accept)) {
    case 'json':
      return {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: `{"message": ${pythonString(message + (ending ?? `<br /><br />\n${detail}\n\n`))}, "code": "${line}", "title": "${title}"}`,
      };
    case 'html':
      return {
        status,
        headers: { 'Content-Type': 'text/html; charset=UTF-8', ...headers },
        body: `<html>\n <head>\n  <title>${line}</title>\n </head>\n <body>\n  <h1>${line}</h1>\n  ${escapeHtml(message)}${
          ending ?? `<br /><br />\n${escapeHtml(detail)}\n\n`
        }\n </body>\n</html>`,
      };
    default:
      return {
        status,
        headers: { 'Content-Type': 'text/plain; charset=UTF-8', ...headers },
        body: `${line}\n\n${withoutMarkup(message + (ending ?? `<br /><br />\n${detail}\n\n`))}`,
      };
  }
}

/** An error that parsers throw for an invalid request; `reply` presents it. */
export class GlanceError extends Error {
  readonly status: number;
  readonly words: GlanceMessage;
  readonly headers: Headers | undefined;

  constructor(status: number, words: string | GlanceMessage, headers?: Headers) {
    const full = typeof words === 'string' ? { message: words } : words;
    super(full.message);
    this.name = 'GlanceError';
    this.status = status;
    this.words = full;
    this.headers = headers;
  }

  reply(call: Pick<Call, 'headers'>): Reply {
    return glanceErrorReply(this.status, this.words, call, this.headers);
  }
}

/** Runs a parser; returns the message of the refusal that it throws. */
export function orMessage<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GlanceError) return error.message;
    throw error;
  }
}

/** Refuses a media type that the operation does not accept. */
export const unsupportedMediaType = (type: string, headers?: Headers): GlanceError =>
  new GlanceError(
    415,
    {
      message: `The request media type ${type} is not supported by this server.`,
      ending: '\n<br /><br />\n',
    },
    headers,
  );

/** Message of a 500. */
export const FAILED = 'The server has either erred or is incapable of performing the requested operation.';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** Escapes markup characters as named entities and characters outside ASCII as numeric ones. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replace(/[\u0080-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`);

/** Converts HTML to the text shape: line ends become spaces, `<br>` becomes a line end, other tags are removed. */
const withoutMarkup = (text: string): string =>
  text
    .replaceAll('\n', ' ')
    .replaceAll('\r', '')
    .replace(/<br.*?>/gi, '\n')
    .replace(/<!--|-->/g, '')
    .replace(/<.*?>/gs, '');

type Shape = 'html' | 'json' | 'text';

const shapes = new Map<string, Shape>();
/** Maximum number of cached Accept headers, so that a client that varies them cannot fill the memory. */
const MAX_SHAPES = 256;

/** Returns the shape that an Accept header prefers; text if it is missing or accepts neither HTML nor JSON. */
export function preferredShape(accept: string | undefined): Shape {
  if (accept === undefined || accept === '') return 'text';
  let shape = shapes.get(accept);
  if (shape === undefined) {
    shape = judge(accept);
    if (shapes.size < MAX_SHAPES) shapes.set(accept, shape);
  }
  return shape;
}

const RANGE =
  /^([\w!#$%&'*+.^`|~-]+)\/([\w!#$%&'*+.^`|~-]+)((?:\s*;\s*[\w!#$%&'*+.^`|~-]+\s*=\s*(?:"[^"]*"|[^;"\s]*))*)$/;

/** An available form and its media type. */
export type Offer<Form extends string> = readonly [form: Form, mainType: string, subtype: string];

const ERROR_OFFERS: readonly Offer<'html' | 'json'>[] = [
  ['html', 'text', 'html'],
  ['json', 'application', 'json'],
];

const judge = (accept: string): Shape => preferredOffer(accept, ERROR_OFFERS) ?? 'text';

/**
 * Returns the form that an Accept header prefers; among equals the one offered first.
 * @returns `undefined` if it accepts none.
 */
export function preferredOffer<Form extends string>(accept: string, offers: readonly Offer<Form>[]): Form | undefined {
  const quality = offers.map(() => 0);
  const closeness = offers.map(() => -1);
  for (const item of accept.split(',')) {
    const range = item.trim();
    if (range === '') continue;
    const parts = RANGE.exec(range);
    // A malformed header counts as a missing one, which accepts anything.
    if (parts === null) return offers[0]?.[0];
    const [, type = '', subtype = '', parameters = ''] = parts;
    const given = parameters.split(';').map((parameter) => parameter.trim());
    const weight = given.find((parameter) => /^q\s*=/i.test(parameter));
    // The offers have no parameters, so a range with one (a charset) matches none of them.
    if (given.some((parameter) => parameter !== '' && parameter !== weight)) continue;
    const value = weight === undefined ? 1 : qualityOf(weight);
    if (!(value >= 0 && value <= 1)) return offers[0]?.[0];
    offers.forEach(([, mainType, mainSubtype], index) => {
      const close = match(type.toLowerCase(), subtype.toLowerCase(), mainType, mainSubtype);
      if (close > (closeness[index] ?? -1)) {
        closeness[index] = close;
        quality[index] = value;
      }
    });
  }
  const best = Math.max(...quality);
  return best === 0 ? undefined : offers[quality.indexOf(best)]?.[0];
}

/** Parses `q=0.5`; `NaN` if it is not a number. */
function qualityOf(weight: string): number {
  const text = weight.slice(weight.indexOf('=') + 1).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** Returns how specifically a media range matches a type: 2 exactly, 1 by main type, 0 as a wildcard, -1 not at all. */
function match(type: string, subtype: string, mainType: string, mainSubtype: string): number {
  if (type === mainType && subtype === mainSubtype) return 2;
  if (type === mainType && subtype === '*') return 1;
  return type === '*' && subtype === '*' ? 0 : -1;
}
