import { entriesOf } from '../../support/journal.ts';
import type { Recipe } from '../by-state/table.ts';
import { type Client, clientOf } from '../support.ts';
import { type ComparedResponse, compared, type RecipeResponse } from './compare.ts';
import { type RecordingClient, recordRequests, type SentRequest } from './recording.ts';

/** One documented response: an operation and a status. */
export interface Cell {
  /** `image-v2.showImage`. */
  readonly operation: string;
  readonly status: number;
}

/** The response of a recipe without a fault, and the request that got it. */
export interface NaturalResponse {
  readonly response: ComparedResponse;
  /** The last request of the recipe to the operation. */
  readonly sent: SentRequest;
  /** How many requests to the operation the recipe has sent. */
  readonly requests: number;
}

/** Follows a recipe without any fault. */
export async function naturalResponse(client: Client, { operation }: Cell, recipe: Recipe): Promise<NaturalResponse> {
  const recording = await freshClient(client);
  const world = client.emulator.worlds.default;
  const count = (): number => entriesOf(world, { operation, limit: 1000 }).length;
  const before = count();
  const response = await recipe(recording.client);
  const sent = recording.sent.filter((one) => one.operation === operation).at(-1);
  if (sent === undefined) throw new Error(`The recipe has sent nothing to ${operation}.`);
  return { response: comparedOf(client, operation, response), sent, requests: count() - before };
}

/** A recipe whose natural response is known, and the members of the fault besides `answer`. */
export interface Injection {
  readonly recipe: Recipe;
  readonly natural: NaturalResponse;
  /** Gets a success of the operation. */
  readonly success?: Recipe | undefined;
  readonly fault?: Readonly<Record<string, unknown>>;
}

/**
 * Follows a recipe again, with a fault on its last request. Where the service rejects that request before it looks for
 * faults (without a valid token, or with another method), sends it in the state of the fixtures with a valid token.
 */
export async function injectedResponse(
  client: Client,
  { operation, status }: Cell,
  { recipe, natural, success, fault = {} }: Injection,
): Promise<ComparedResponse> {
  const answer = { answer: status, ...fault };
  if (natural.requests > 0) {
    const recording = await freshClient(client);
    await arm(client, operation, natural.requests, answer);
    const response = await recipe(recording.client);
    if (isInjected(client)) return comparedOf(client, operation, response);
  }
  const resent = await resend(client, natural.sent, answer);
  if (isInjected(client)) return comparedOf(client, operation, resent);
  if (success === undefined)
    throw new Error(`${operation} returned ${resent.status} instead of an injected ${status}.`);
  // The body decides which operation a request is.
  return injectedResponse(
    client,
    { operation, status },
    {
      recipe: success,
      natural: await naturalResponse(client, { operation, status }, success),
      fault,
    },
  );
}

async function freshClient(client: Client): Promise<RecordingClient> {
  client.emulator.worlds.default.reset();
  return recordRequests(await clientOf(client.emulator));
}

const comparedOf = (client: Client, operation: string, response: RecipeResponse): ComparedResponse =>
  compared(response, client.operation(operation).operation.method);

const isInjected = (client: Client): boolean =>
  entriesOf(client.emulator.worlds.default, { limit: 1 })[0]?.source === 'injected';

/** Arms a fault for one request: the n-th to the operation. */
const arm = (client: Client, operation: string, request: number, fault: object): Promise<unknown> =>
  client.admin('post', '/faults', { match: { operation }, calls: { only: [request] }, undocumented: true, fault });

/** Sends a recorded request with a valid token in the state of the fixtures. */
async function resend(client: Client, { operation, params, user, bodies }: SentRequest, fault: object) {
  client.emulator.worlds.default.reset();
  const sender = await clientOf(client.emulator, user);
  await arm(client, operation, 1, fault);
  const test = sender.send(operation, params);
  for (const body of bodies) test.send(body);
  return await test;
}
