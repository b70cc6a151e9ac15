import type { Handler } from '../contract/contract.ts';
import { computeV21 } from './compute-v2.1/index.ts';
import type { Context, Dialect } from './dialect.ts';
import { identity } from './identity/index.ts';
import { imageV2 } from './image-v2/index.ts';
import { ims } from './ims/index.ts';
import { rackspaceImages } from './rackspace-images/index.ts';
import { rackspaceServers } from './rackspace-servers/index.ts';

/** Cloud Servers offers the login of Rackspace's identity service under its own address, too. */
const logIn: Handler<Context> = (call, context) =>
  (identity.handlers()['raxAuthenticateApiKey'] as Handler<Context>)(call, context);

/** The published APIs, in the order in which they are listed everywhere. */
export const DIALECTS: readonly Dialect[] = [
  imageV2,
  computeV21,
  rackspaceImages,
  rackspaceServers(logIn),
  ims,
  identity,
];
