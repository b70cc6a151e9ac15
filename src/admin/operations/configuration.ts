import { SETTINGS_MEMBERS } from '../../fixtures/settings.ts';
import { type Configuration, changeConfiguration, readConfiguration } from '../configuration.ts';
import { operation } from '../operation.ts';
import { requestBody, responseBody } from '../schema-helpers.ts';

const CONFIGURATION = responseBody({
  limits: { type: 'object' },
  quotas: { type: 'object' },
  progress: { type: 'object' },
  profiles: { type: 'object' },
  release: { type: 'string' },
  stores: { type: 'array' },
  web: { type: 'object' },
});

/** Operations on the configuration of a world. */
export const configurationOperations = {
  /** Returns limits, quotas, progress, profiles, release, stores and files elsewhere. */
  read: operation({
    id: 'getConfiguration',
    method: 'get',
    path: '/configuration',
    summary: 'Returns the limits, quotas, progress, profiles, release, stores and files elsewhere of a world',
    success: 200,
    statuses: [200],
    response: CONFIGURATION,
    call: () => ({}),
    run: (_input, { world }) => readConfiguration(world),
  }),
  /** Changes the given members and returns the whole configuration. */
  change: operation({
    id: 'changeConfiguration',
    method: 'put',
    path: '/configuration',
    summary:
      'Changes the given members of the configuration: single limits, quotas, profiles and files elsewhere; ' +
      'the release; progress and stores as a whole',
    success: 200,
    statuses: [200, 400],
    request: { ...requestBody(SETTINGS_MEMBERS), minProperties: 1 },
    response: CONFIGURATION,
    call: (configuration: Configuration) => ({ body: configuration }),
    run: ({ body }, { world, host }) => changeConfiguration(world, body, host.contracts),
  }),
};
