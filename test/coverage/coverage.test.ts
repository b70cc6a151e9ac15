import { describe, expect, test } from '@jest/globals';
import type { Contract } from '../../src/contract/contract.ts';
import { Coverage } from '../../src/coverage/coverage.ts';

const contract = {
  name: 'tiny',
  title: 'A tiny API',
  mount: '/tiny',
  operations: {
    show: { method: 'get', path: '/{id}', summary: '', success: 200, statuses: [200, 404], source: '' },
    remove: { method: 'delete', path: '/{id}', summary: '', success: 204, statuses: [204], source: '' },
  },
} as const satisfies Contract;

describe('coverage', () => {
  test('lists every documented cell before the first request', () => {
    expect(new Coverage([contract]).cells()).toEqual([
      { dialect: 'tiny', operation: 'show', status: 200, natural: 0, byProfile: 0, injected: 0 },
      { dialect: 'tiny', operation: 'show', status: 404, natural: 0, byProfile: 0, injected: 0 },
      { dialect: 'tiny', operation: 'remove', status: 204, natural: 0, byProfile: 0, injected: 0 },
    ]);
  });

  test('counts natural responses, those by profile and injected ones separately', () => {
    const coverage = new Coverage([contract]);
    coverage.count('tiny.show', 200, 'natural');
    coverage.count('tiny.show', 404, 'injected');
    coverage.count('tiny.show', 404, 'natural');
    coverage.count('tiny.remove', 204, 'by-profile');
    expect(coverage.cells().map(({ natural, byProfile, injected }) => [natural, byProfile, injected])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [0, 1, 0],
    ]);
    expect(coverage.totals()).toEqual({
      cells: 3,
      received: 3,
      receivedNatural: 2,
      receivedByProfile: 1,
      receivedInjected: 1,
    });
  });

  test('excludes undocumented responses from the cells', () => {
    const coverage = new Coverage([contract]);
    coverage.count('tiny.remove', 502, 'injected');
    expect(coverage.totals()).toEqual({
      cells: 3,
      received: 0,
      receivedNatural: 0,
      receivedByProfile: 0,
      receivedInjected: 0,
    });
    expect(coverage.undocumented()).toEqual([
      { dialect: 'tiny', operation: 'remove', status: 502, natural: 0, byProfile: 0, injected: 1 },
    ]);
  });

  test('resets all counts when it is cleared', () => {
    const coverage = new Coverage([contract]);
    coverage.count('tiny.show', 200, 'natural');
    coverage.clear();
    expect(coverage.totals().received).toBe(0);
  });
});
