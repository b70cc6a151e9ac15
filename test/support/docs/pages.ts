import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './markdown.ts';

/** Pages whose blocks have tests of their own, with the file that runs them. */
export const OWN_TESTS: Readonly<Record<string, string>> = {
  'docs/client-conformance.md': 'test/conform/docs.test.ts',
  'docs/client-report.md': 'test/client-report/page.test.ts',
  'docs/conduct.md': 'test/cli/conduct.test.ts',
  'docs/fault-lists.md': 'test/faults/fault-lists.test.ts',
  'docs/recordings.md': 'test/cli/recordings.test.ts',
  'docs/sdk-suites.md': 'test/suites/docs.mjs',
  'docs/sweep.md': 'test/sweep/docs.test.ts',
  'docs/testing.md': 'test/testing/docs.test.ts',
};

/** Pages about work in the repository. Their commands are steps of `.ci/run`. */
export const ABOUT_THE_REPOSITORY = ['docs/benchmark.md', 'docs/conformance.md'];

/** Pages of the group `APIs`. */
export const API_PAGES = [
  'apis',
  'compute',
  'identity',
  'images',
  'ims',
  'metadefs',
  'rackspace-images',
  'rackspace-servers',
].map((name) => `docs/${name}.md`);

/** All pages with blocks that are run one after the other. */
export const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].filter((page) => OWN_TESTS[page] === undefined && !ABOUT_THE_REPOSITORY.includes(page));
