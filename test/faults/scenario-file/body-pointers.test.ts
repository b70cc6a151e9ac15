import { describe, expect, test } from '@jest/globals';
import { DIALECTS } from '../../../src/dialects/index.ts';
import { buildRoutes } from '../../../src/dialects/routes.ts';
import { parseArmedFault } from '../../../src/faults/scenario-file/load.ts';
import { KnownOperations } from '../../../src/faults/scenario-file/operations.ts';

const known = new KnownOperations(buildRoutes(DIALECTS).operations);

/** Returns the message with which a condition on the body is rejected, or `none`. */
function rejection(operation: string | readonly string[], body: object): string {
  try {
    parseArmedFault({ match: { operation, body }, fault: { answer: 400 } }, 'this test', known);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

const PATCH = 'image-v2.updateImage';
const CREATE = 'image-v2.createImage';

describe('a condition on the body that can never hold is rejected:', () => {
  test.each<[string, string | readonly string[], object, string]>([
    [
      'a member of a list',
      PATCH,
      { '/path': '/os_hidden' },
      '/match/body/~1path: the rule can never match: the body of image-v2.updateImage is a list; found "/os_hidden"; allowed: /* for any element, or /0 for the first one',
    ],
    [
      'an index with a leading zero',
      PATCH,
      { '/01/path': '/name' },
      'the rule can never match: the body of image-v2.updateImage is a list',
    ],
    ['a member of a text', CREATE, { '/name/first': 'a' }, '/name of image-v2.createImage has no members: it is'],
    [
      'a text for a truth value',
      CREATE,
      { '/protected': 'true' },
      'is boolean, never string; found "true"; allowed: boolean',
    ],
    ['a number for a list', CREATE, { '/tags': 1 }, '/tags of image-v2.createImage is array, never number'],
    [
      'an element of a list of texts',
      CREATE,
      { '/tags/*/name': 'a' },
      '/tags/* of image-v2.createImage has no members: it is string',
    ],
  ])('%s', (_title, operation, body, message) => {
    expect(rejection(operation, body)).toContain(message);
  });
});

describe('a condition on the body is accepted', () => {
  test.each<[string, string | readonly string[], object]>([
    ['for any step of a patch', PATCH, { '/*/path': '/os_hidden' }],
    ['for one step of a patch', PATCH, { '/0/value': true }],
    ['for any element of a list', CREATE, { '/tags/*': 'gold*' }],
    ['for a member that the schema does not know', CREATE, { '/os_distro': 'debian' }],
    ['if one of the operations can meet it', [PATCH, CREATE], { '/name': 'a' }],
    ['for a number that has to be whole', CREATE, { '/min_disk': 1 }],
  ])('%s', (_title, operation, body) => {
    expect(rejection(operation, body)).toBe('none');
  });
});
