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
    coverage.count({ operation: 'tiny.show', status: 200, source: 'natural' });
    coverage.count({ operation: 'tiny.show', status: 404, source: 'injected' });
    coverage.count({ operation: 'tiny.show', status: 404, source: 'natural' });
    coverage.count({ operation: 'tiny.remove', status: 204, source: 'by-profile' });
    expect(coverage.cells().map(({ natural, byProfile, injected }) => [natural, byProfile, injected])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [0, 1, 0],
    ]);
    expect(coverage.report().totals).toEqual({
      cells: 3,
      received: 3,
      receivedNatural: 2,
      receivedByProfile: 1,
      receivedInjected: 1,
    });
  });

  test('excludes undocumented responses from the cells', () => {
    const coverage = new Coverage([contract]);
    coverage.count({ operation: 'tiny.remove', status: 502, source: 'injected' });
    expect(coverage.report().totals).toEqual({
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
    coverage.count({ operation: 'tiny.show', status: 200, source: 'natural' });
    coverage.clear();
    expect(coverage.report().totals.received).toBe(0);
  });
});

describe('the total of several coverages', () => {
  test('takes over the counts of a coverage that is cleared', () => {
    const total = new Coverage([contract]);
    const coverage = new Coverage([contract], { total });
    coverage.count({ operation: 'tiny.show', status: 200, source: 'natural', label: 'one' });
    coverage.countFault('tiny.show', 'cut');
    coverage.countObserved('tiny.show', 'nginx-504');
    coverage.clear();
    coverage.count({ operation: 'tiny.show', status: 200, source: 'injected', label: 'one' });
    coverage.clear();
    expect(coverage.report()).toMatchObject({ totals: { received: 0 }, faults: [], labels: [], observed: [] });
    expect(total.report()).toMatchObject({
      totals: { received: 1, receivedNatural: 1, receivedInjected: 1 },
      faults: [{ dialect: 'tiny', operation: 'show', kind: 'cut', count: 1 }],
      observed: [{ operation: 'show', answer: 'nginx-504', injected: 1 }],
      labels: [{ label: 'one', cells: [{ operation: 'tiny.show', status: 200, count: 2 }] }],
    });
  });

  test('counts labels beyond a limit together', () => {
    const coverage = new Coverage([contract]);
    for (let at = 0; at < 10_005; at += 1) {
      coverage.count({ operation: 'tiny.show', status: 200, source: 'natural', label: `test ${at}` });
    }
    const { labels } = coverage.report();
    expect(labels).toHaveLength(10_001);
    expect(labels.at(-1)).toEqual({
      label: '(other labels)',
      cells: [{ operation: 'tiny.show', status: 200, count: 5 }],
    });
  });
});
