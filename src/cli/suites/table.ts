import { devstackClouds } from './clouds.ts';
import { fogSettings } from './fog.ts';
import { gophercloudSettings } from './gophercloud.ts';
import type { Suite, SuiteRequest, SuiteSettings } from './suite.ts';
import { tempestSettings } from './tempest.ts';

/** The integration suites whose settings `env --suite` prints. */
export const SUITES = {
  openstacksdk(request) {
    const { variables, files } = devstackClouds(request);
    // Five seconds for a test, its default, are too short on a busy machine.
    return { variables: { ...variables, OS_TEST_TIMEOUT: '120' }, files };
  },
  openstackclient: devstackClouds,
  glanceclient(request) {
    const { variables, files } = devstackClouds(request);
    return { variables: { ...variables, OS_GLANCECLIENT_EXEC_DIR: '/usr/bin' }, files };
  },
  tempest: tempestSettings,
  gophercloud: gophercloudSettings,
  fog: fogSettings,
} satisfies Readonly<Record<string, Suite>>;

/** Name of a suite. */
export type SuiteName = keyof typeof SUITES;

/** The names of the suites. */
export const SUITE_NAMES = Object.keys(SUITES) as readonly SuiteName[];

/** Returns the settings of a suite by name. */
export const settingsOf = (name: SuiteName, request: SuiteRequest): SuiteSettings => SUITES[name](request);
