import { QuietError } from '../../base/quiet-error.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import { type Offer, preferredOffer } from './accept.ts';
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
 * @param content - message, or message and detail, not escaped. Each shape treats line breaks in its own way.
 * @param headers - additional headers, such as Allow.
 */
export function glanceErrorReply(
  status: number,
  content: string | GlanceMessage,
  call: Pick<Call, 'headers'>,
  headers?: Headers,
): Reply {
  const shape = preferredShape(call.headers.accept);
  const page = pageOf(status, typeof content === 'string' ? { message: content } : content);
  return { status, headers: { 'Content-Type': MEDIA_TYPES[shape], ...headers }, body: BODIES[shape](page) };
}

/** The texts of an error, not escaped. */
interface ErrorPage {
  /** Status and reason: `404 Not Found`. */
  readonly line: string;
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly ending: string | undefined;
}

function pageOf(status: number, content: GlanceMessage): ErrorPage {
  const { message, detail = '', title = GLANCE_REASONS[status] ?? 'Error', ending } = content;
  return { line: `${status} ${title}`, title, message, detail, ending };
}

const detailLines = (detail: string): string => `<br /><br />\n${detail}\n\n`;

const MEDIA_TYPES: Readonly<Record<Shape, string>> = {
  json: 'application/json',
  html: 'text/html; charset=UTF-8',
  text: 'text/plain; charset=UTF-8',
};

const BODIES: Readonly<Record<Shape, (page: ErrorPage) => string>> = {
  json: ({ line, title, message, detail, ending = detailLines(detail) }) =>
    `{"message": ${pythonString(message + ending)}, "code": "${line}", "title": "${title}"}`,
  html: ({ line, message, detail, ending = detailLines(escapeHtml(detail)) }) =>
    `<html>\n <head>\n  <title>${line}</title>\n </head>\n <body>\n  <h1>${line}</h1>\n  ` +
    `${escapeHtml(message)}${ending}\n </body>\n</html>`,
  text: ({ line, message, detail, ending = detailLines(detail) }) => `${line}\n\n${withoutMarkup(message + ending)}`,
};

/** An error that parsers throw for an invalid request; `reply` presents it. */
export class GlanceError extends QuietError {
  readonly status: number;
  readonly content: GlanceMessage;
  readonly headers: Headers | undefined;

  constructor(status: number, content: string | GlanceMessage, headers?: Headers) {
    const full = typeof content === 'string' ? { message: content } : content;
    super(full.message);
    this.name = 'GlanceError';
    this.status = status;
    this.content = full;
    this.headers = headers;
  }

  /** The error in the shape that the request accepts. */
  reply(call: Pick<Call, 'headers'>): Reply {
    return glanceErrorReply(this.status, this.content, call, this.headers);
  }
}

/** Runs a parser; returns the message of the `GlanceError` that it throws. */
export function orMessage<T>(parse: () => T): T | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof GlanceError) return error.message;
    throw error;
  }
}

/** The error for a media type that the operation does not accept. @param type - the Content-Type with its parameters. */
export const unsupportedMediaType = (type: string, headers?: Headers, detail = ''): GlanceError =>
  new GlanceError(
    415,
    {
      message: `The request media type ${type} is not supported by this server.`,
      ending: `\n<br /><br />\n${detail}`,
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
const withoutMarkup = (text: string): string => {
  const line = text.replaceAll('\n', ' ').replaceAll('\r', '');
  return replaceTags(replaceTags(line, '<br', '\n').replace(/<!--|-->/g, ''), '<', '');
};

/** Replaces each part from a start to the next `>`. A pattern would take quadratic time for starts without an end. */
function replaceTags(text: string, start: string, replacement: string): string {
  const pattern = new RegExp(start, 'gi');
  let replaced = '';
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const at = pattern.exec(text)?.index ?? -1;
    const end = at === -1 ? -1 : text.indexOf('>', at);
    if (end === -1) return replaced + text.slice(from);
    replaced += text.slice(from, at) + replacement;
    from = end + 1;
  }
}

type Shape = 'html' | 'json' | 'text';

const ERROR_OFFERS: readonly Offer<'html' | 'json'>[] = [
  ['html', 'text', 'html'],
  ['json', 'application', 'json'],
];

const shapes = new Map<string, Shape>();
/** Maximum number of cached Accept headers, so that a client that varies them cannot fill the memory. */
const MAX_SHAPES = 256;

/** Returns the shape that an Accept header prefers; text if it is missing or accepts neither HTML nor JSON. */
export function preferredShape(accept: string | undefined): Shape {
  if (accept === undefined || accept === '') return 'text';
  let shape = shapes.get(accept);
  if (shape === undefined) {
    shape = preferredOffer(accept, ERROR_OFFERS) ?? 'text';
    if (shapes.size < MAX_SHAPES) shapes.set(accept, shape);
  }
  return shape;
}
