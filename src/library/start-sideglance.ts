import type { Sideglance } from './sideglance.ts';
import type { SideglanceOptions } from './sideglance-options.ts';
import { startWith } from './start-with.ts';

/**
 * Starts a Sideglance in this process.
 * @throws InputError for invalid fixtures, scenarios and options; nothing is started then.
 * @throws PortError when it cannot listen on a port.
 * @example
 * const cloud = await startSideglance({ seed: 'mine' });
 * cloud.scenarios.enable('image-v2.deleteImage.403');
 * await cloud.close();
 */
export const startSideglance = (options: SideglanceOptions = {}): Promise<Sideglance> =>
  startWith(options, {}, () => undefined);
