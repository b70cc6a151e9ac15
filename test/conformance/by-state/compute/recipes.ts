import type { Test } from 'supertest';
import type { RecipeResponse } from '../../both-ways/compare.ts';
import type { Client } from '../../support.ts';
import { type Params, recipesFor } from '../requests.ts';
import type { Recipe } from '../table.ts';

const { send } = recipesFor('compute-v2.1');

/** Recipes by status. */
export type Recipes = Readonly<Record<number, Recipe>>;

/** A request: its operation, its path, query and body, its microversion and its sender. */
export interface Request {
  readonly operation: string;
  /** Values of the path; a function gets the client of demo. */
  readonly params?: Params | ((client: Client) => Params);
  readonly query?: Params;
  /** A function gets the client of demo. */
  readonly body?: object | ((client: Client) => object) | undefined;
  /** Minor number of the microversion. */
  readonly minor?: number;
  /** Default: demo. */
  readonly user?: string;
}

const given = <T extends object>(value: T | ((client: Client) => T), client: Client): T =>
  typeof value === 'function' ? value(client) : value;

/** Sends a request, after a change. */
async function sendChanged(client: Client, request: Request, change: (test: Test) => Test): Promise<RecipeResponse> {
  const { operation, params = {}, query = {}, body, minor, user } = request;
  const sender = user === undefined ? client : await client.as(user);
  const test = send(sender, operation, given<Params>(params, client));
  if (minor !== undefined) test.set('OpenStack-API-Version', `compute 2.${minor}`);
  if (Object.keys(query).length > 0) test.query(query);
  change(test);
  return await (body === undefined ? test : test.send(given(body, client)));
}

/** Sends a request. */
export const by =
  (request: Request): Recipe =>
  (client) =>
    sendChanged(client, request, (test) => test);

/** Sends a request as the administrator. */
export const byAdmin = (request: Request): Recipe => by({ ...request, user: 'admin' });

/** Follows a recipe after others that have to succeed. */
export const after =
  (before: readonly Recipe[], last: Recipe): Recipe =>
  async (client) => {
    for (const recipe of before) {
      const { status, text } = await recipe(client);
      if (status >= 300) throw new Error(`The state cannot be prepared: ${status} ${text}`);
    }
    return last(client);
  };

/** Sends a request with another header. */
const withHeader =
  (request: Request, name: string, value: string): Recipe =>
  (client) =>
    sendChanged(client, request, (test) => test.set(name, value));

const LARGE = 'x'.repeat(120_000);

/** The errors that every request on resources of a project can get. */
export function commonErrors(request: Request): Recipes {
  const { params = {}, body } = request;
  const inTenant = (tenant_id: string): Recipe =>
    by({ ...request, params: (client) => ({ ...given<Params>(params, client), tenant_id }) });
  return {
    400: withHeader(request, 'OpenStack-API-Version', 'compute two'),
    401: withHeader(request, 'X-Auth-Token', 'no-such-token'),
    404: inTenant('not-a-tenant'),
    406: withHeader(request, 'OpenStack-API-Version', 'compute 2.999'),
    415: (client) =>
      sendChanged(client, { ...request, body: undefined }, (test) =>
        test.set('Content-Type', 'text/xml').send(body === undefined ? undefined : JSON.stringify(given(body, client))),
      ),
    ...(body !== undefined && {
      413: by({ ...request, body: (client) => ({ ...given(body, client), padding: LARGE }) }),
    }),
  };
}

/** Sends a body that is not UTF-8. */
export const notUtf8 =
  (request: Request): Recipe =>
  async (client) => {
    const { operation, params = {}, user } = request;
    const sender = user === undefined ? client : await client.as(user);
    return await send(sender, operation, given<Params>(params, client))
      .set('Content-Type', 'application/json')
      .serialize((value) => value)
      .send(Buffer.from([0xff]) as unknown as string);
  };
