import type { ServiceHandler } from '../service-handler.ts';
import { presentToken } from '../tokens/present.ts';
import { logIn } from './log-in.ts';

/** Logs a user in and issues a token. */
export const authenticate: ServiceHandler = (call, { cloud }, service) =>
  presentToken({ status: 201, token: logIn(call, cloud, service), call, cloud, service });
