import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { MAX_OWN_COUNTERS, SHARED_COUNTERS } from '../../src/domain/ids.ts';
import { MAX_DELETED, MAX_IDS } from '../../src/domain/image-store/deleted-images.ts';
import { MAX_WINDOWS } from '../../src/domain/rate-limits.ts';
import { MAX_DELETED_SERVERS } from '../../src/domain/servers/server-trees.ts';
import { MAX_ENDED } from '../../src/domain/tasks/tasks.ts';
import { MAX_KEYS } from '../../src/faults/engine/counter-key.ts';
import { MAX_EVENTS } from '../../src/identity/records/revocations.ts';
import { MAX_TOKENS } from '../../src/identity/tokens/token-store.ts';

const PAGE = readFileSync(new URL('../../docs/memory.md', import.meta.url), 'utf8');

test.each([
  ['tokens', MAX_TOKENS],
  ['revocation events', MAX_EVENTS],
  ['deleted images', MAX_DELETED],
  ['ids of deleted images', MAX_IDS],
  ['deleted servers', MAX_DELETED_SERVERS],
  ['tasks that have ended', MAX_ENDED],
  ['counters of generated ids', MAX_OWN_COUNTERS],
  ['further ones share', SHARED_COUNTERS],
  ['windows of rate limits', MAX_WINDOWS],
  ['keys that a rule counts by', MAX_KEYS],
])('The page about memory names the bound of %s', (what, bound) => {
  const row = PAGE.split('\n').find((line) => line.startsWith('|') && line.includes(what));
  expect(row).toContain(bound.toLocaleString('en'));
});
