import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { DIALECTS } from './dialects/index.ts';
import { buildRoutes, type Routes } from './dialects/routes.ts';
import { createApp, createAppServer } from './http/app.ts';
import { STAGES } from './http/stages.ts';
import type { BlobStore } from './domain/image-data.ts';
import type { World, WorldState } from './world.ts';
import { Worlds } from './worlds.ts';

export interface EmulatorOptions {
  /** What the default world starts as. */
  readonly origin: WorldState;
  readonly blobs: BlobStore;
  /** Journal entries kept for each world. */
  readonly journalCapacity?: number;
  readonly externalUrl?: string;
  readonly trustProxy?: boolean;
}

/** The parts, put together; not listening yet. */
export interface Emulator {
  readonly app: Express;
  readonly worlds: Worlds;
  readonly routes: Routes;
  /**
   * Starts to listen.
   * @param ownMount - gives that mount the root of this port: `/image`.
   * @returns the server and the port it took.
   */
  listen(options: { readonly host: string; readonly port: number; readonly ownMount?: string }): Promise<{
    readonly server: Server;
    readonly port: number;
  }>;
}

/** Builds the parts and hands them to each other. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const routes = buildRoutes(DIALECTS);
  const worlds = new Worlds(options.origin, {
    contracts: DIALECTS.map((dialect) => dialect.contract),
    blobs: options.blobs,
    journalCapacity: options.journalCapacity ?? 1000,
  });
  const app = createApp({
    routes,
    stages: STAGES,
    world: (name) => worlds.get(name),
    admin: () => ({ status: 404 }),
    index: (_call, _world: World) => ({ status: 200 }),
    ...(options.externalUrl !== undefined && { externalUrl: options.externalUrl }),
    ...(options.trustProxy !== undefined && { trustProxy: options.trustProxy }),
  });
  return {
    app,
    worlds,
    routes,
    listen: ({ host, port, ownMount }) =>
      new Promise((resolve, reject) => {
        const server = createAppServer(app, ownMount);
        server.once('error', reject);
        server.listen(port, host, () => resolve({ server, port: (server.address() as AddressInfo).port }));
      }),
  };
}
