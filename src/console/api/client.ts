/** Typed requests to the admin API of the server that sent the page. */
import { signal } from '@preact/signals';
import { type Error as ErrorBody, OPERATIONS, type Operations } from './types.ts';

/** Name of an operation of the admin API. */
export type OperationId = keyof Operations;

type Part<Id extends OperationId, Name extends 'params' | 'query' | 'body'> = undefined extends Operations[Id][Name]
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: Operations[Id][Name] };

type QueryPart<Id extends OperationId> = undefined extends Operations[Id]['query']
  ? { readonly query?: undefined }
  : { readonly query?: Operations[Id]['query'] };

/** What an operation takes: path parameters, query parameters and body. */
export type InputOf<Id extends OperationId> = Part<Id, 'params'> & QueryPart<Id> & Part<Id, 'body'>;

/** What an operation returns. */
export type OutputOf<Id extends OperationId> = Operations[Id]['response'];

/** The input of an operation without its types, for code that handles all of them. */
export interface AnyInput {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

/** An error response of the admin API, or a server that cannot be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  /** What the server says about it. */
  readonly details: ErrorBody['error'] | undefined;

  constructor(status: number, message: string, details?: ErrorBody['error']) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

const TOKEN_KEY = 'sideglance-admin-token';

/** The admin token, which is kept until the tab is closed. */
export const token = signal(readToken());

function readToken(): string {
  try {
    return sessionStorage.getItem(TOKEN_KEY) ?? '';
  } catch {
    return '';
  }
}

/** Sets the admin token. */
export function setToken(value: string): void {
  token.value = value;
  try {
    sessionStorage.setItem(TOKEN_KEY, value);
  } catch {
    // A page without storage keeps it as long as it is shown.
  }
}

/** Address of the admin API that the page belongs to, without a slash at its end. */
export const ownAddress = (): string => location.origin + location.pathname.replace(/\/+$/, '');

/** Address of the root of the server, or of the world that the page belongs to. */
export const ownRoot = (): string => ownAddress().replace(/\/__admin$/, '');

/** Returns the address of the admin API of a world. */
export const addressOf = (world: string | undefined): string => {
  const root = ownRoot().replace(/\/w\/[^/]+$/, '');
  if (world === undefined) return ownAddress();
  return world === 'default' ? `${root}/__admin` : `${root}/w/${encodeURIComponent(world)}/__admin`;
};

/** A request to the admin API as it is sent. */
export interface PreparedRequest {
  readonly method: string;
  readonly url: string;
  /** JSON text. */
  readonly body: string | undefined;
}

/** Prepares a request. @param world - whose admin API; that of the page when omitted. */
export function prepare(id: OperationId, input: AnyInput = {}, world?: string): PreparedRequest {
  const [method = 'GET', template = '/'] = OPERATIONS[id].split(' ');
  const params = (input.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = template.replace(/\{([^}]+)\}/g, (_whole, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.size === 0 ? '' : `?${query}`;
  return {
    method,
    url: addressOf(world) + (path === '/' ? '' : path) + search,
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  };
}

/** Sends a request of the admin API and returns its body. @throws ApiError for an error response. */
export async function call<Id extends OperationId>(id: Id, input: InputOf<Id>, world?: string): Promise<OutputOf<Id>> {
  const response = await send(prepare(id, input, world));
  if (response.status === 204) return undefined as OutputOf<Id>;
  return (await response.json()) as OutputOf<Id>;
}

/** Sends a prepared request. @throws ApiError for an error response. */
export async function send({ method, url, body }: PreparedRequest, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token.peek() !== '') headers['Authorization'] = `Bearer ${token.peek()}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method, headers, cache: 'no-store' };
  if (body !== undefined) init.body = body;
  if (signal !== undefined) init.signal = signal;
  const response = await fetch(url, init).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The server does not respond.');
  });
  if (response.ok) return response;
  const text = await response.text();
  throw errorOf(response.status, text);
}

function errorOf(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    return new ApiError(status, error.message, error);
  } catch {
    return new ApiError(status, `The server returned ${status}.`);
  }
}
