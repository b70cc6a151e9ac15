import type { FixtureCloud } from '../../index.ts';

/** How the tests of Tempest get their accounts: from `accounts.yaml`, or made through Keystone for each class of tests. */
export const CREDENTIALS = ['accounts', 'dynamic'] as const;

/** What the settings of a suite are made from. */
export interface SuiteRequest {
  /** Address of the world's root, without a trailing slash. */
  readonly root: string;
  /** Users, projects and images of the world. */
  readonly cloud: FixtureCloud;
  /** Name of the user who logs in, for suites with one user. */
  readonly user: string;
  /** Folder of the files, as the suite names it; without a trailing slash. */
  readonly folder: string;
  readonly credentials: (typeof CREDENTIALS)[number];
  /** Address from which the world imports an image. */
  readonly httpImage: string;
}

/** What a suite reads before it runs. */
export interface SuiteSettings {
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Texts of files in the folder of the request, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Returns the settings of a suite. */
export type Suite = (request: SuiteRequest) => SuiteSettings;
