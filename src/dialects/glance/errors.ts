import type { Call, Reply } from '../../contract/contract.ts';
import { pythonString } from './python-json.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** The words beside a status, as the Python services have them. */
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

/** What an error page says: the message, what follows it, and the words beside the status where they differ. */
export interface GlanceMessage {
  readonly message: string;
  /** A second line; most errors have none. */
  readonly detail?: string;
  readonly title?: string;
  /** For the errors of the router, whose page is laid out differently: no detail, and this after the message. */
  readonly ending?: string;
}

/**
 * An error as Glance sends it: HTML, JSON or text, whichever the request's Accept prefers.
 * @param words - the message, unescaped (newlines are kept as each shape keeps them), or the message and its detail.
 * @param headers - further headers, such as Allow.
 */
export function glanceError(
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

/** A request refused by a rule of the wire: thrown by parsers, worded by `glanceError`. */
export class GlanceRefusal extends Error {
  readonly status: number;
  readonly words: GlanceMessage;
  readonly headers: Headers | undefined;

  constructor(status: number, words: string | GlanceMessage, headers?: Headers) {
    const full = typeof words === 'string' ? { message: words } : words;
    super(full.message);
    this.name = 'GlanceRefusal';
    this.status = status;
    this.words = full;
    this.headers = headers;
  }

  reply(call: Pick<Call, 'headers'>): Reply {
    return glanceError(this.status, this.words, call, this.headers);
  }
}

/** Runs a parser; returns the message of the refusal that it throws. */
export function orMessage<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GlanceRefusal) return error.message;
    throw error;
  }
}

/** Refuses a media type that the operation does not accept. */
export const unsupportedMediaType = (type: string, headers?: Headers): GlanceRefusal =>
  new GlanceRefusal(
    415,
    {
      message: `The request media type ${type} is not supported by this server.`,
      ending: '\n<br /><br />\n',
    },
    headers,
  );

/** What the service says when it stumbled over a request. */
export const FAILED = 'The server has either erred or is incapable of performing the requested operation.';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** Markup characters as entities, and what is not ASCII as numbered ones. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replace(/[\u0080-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`);

/** The text shape is made from the HTML one: line ends become spaces, breaks line ends, and other tags vanish. */
const withoutMarkup = (text: string): string =>
  text
    .replaceAll('\n', ' ')
    .replaceAll('\r', '')
    .replace(/<br.*?>/gi, '\n')
    .replace(/<!--|-->/g, '')
    .replace(/<.*?>/gs, '');

type Shape = 'html' | 'json' | 'text';

const shapes = new Map<string, Shape>();
/** Accept headers are few; a client that sends a new one each time must not fill the memory. */
const MAX_SHAPES = 256;

/** Which shape an Accept header asks for. No header, and one that takes neither HTML nor JSON, gets text. */
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

/** A form that is on offer, and its media type. */
export type Offer<Form extends string> = readonly [form: Form, mainType: string, subtype: string];

const ERROR_OFFERS: readonly Offer<'html' | 'json'>[] = [
  ['html', 'text', 'html'],
  ['json', 'application', 'json'],
];

const judge = (accept: string): Shape => preferredOffer(accept, ERROR_OFFERS) ?? 'text';

/**
 * The form that an Accept header likes best, of several the one that is offered first.
 * @returns `undefined` when it takes none of them.
 */
export function preferredOffer<Form extends string>(accept: string, offers: readonly Offer<Form>[]): Form | undefined {
  const quality = offers.map(() => 0);
  const closeness = offers.map(() => -1);
  for (const item of accept.split(',')) {
    const range = item.trim();
    if (range === '') continue;
    const parts = RANGE.exec(range);
    // A header that cannot be read counts as none at all would in HTTP: anything goes, and the first is given.
    if (parts === null) return offers[0]?.[0];
    const [, type = '', subtype = '', parameters = ''] = parts;
    const given = parameters.split(';').map((parameter) => parameter.trim());
    const weight = given.find((parameter) => /^q\s*=/i.test(parameter));
    // What is offered has no parameters, so a range that asks for some (a charset) takes none of it.
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

/** Of `q=0.5`; NaN of what is no number. */
function qualityOf(weight: string): number {
  const text = weight.slice(weight.indexOf('=') + 1).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** How closely a media range names a type: 2 exactly, 1 its main type, 0 anything, -1 not at all. */
function match(type: string, subtype: string, mainType: string, mainSubtype: string): number {
  if (type === mainType && subtype === mainSubtype) return 2;
  if (type === mainType && subtype === '*') return 1;
  return type === '*' && subtype === '*' ? 0 : -1;
}
