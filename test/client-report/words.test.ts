import { describe, expect, test } from '@jest/globals';
import { countEndings, countVerdicts, type Finding, verdictOf } from '../../scripts/client-report/results.ts';
import { clientRow, evidenceOf, summaryOf, themeCells } from '../../scripts/client-report/words.ts';

const finding = (changes: Partial<Finding> = {}): Finding => ({
  verdict: 'fail',
  ending: 'told',
  rules: [],
  reasons: [],
  evidence: [],
  ...changes,
});

const cases = ['list', 'show', 'upload', 'delete'].map((name) => ({
  id: `image-v2.retry.${name}`,
  profile: name === 'upload' ? 'upload' : 'retry',
  task: `${name}-image`,
  title: 'Something fails.',
  correct: 'Tries again.',
}));

const client = {
  client: 'undici',
  package: 'undici',
  version: '6.0.0',
  passed: ['image-v2.retry.list'],
  findings: {
    'image-v2.retry.show': finding({ ending: 'claimed' }),
    'image-v2.retry.upload': finding({ verdict: 'inconclusive' }),
  },
};

describe('the numbers of a client', () => {
  test('a case that was neither passed nor found is unsupported', () => {
    expect(cases.map(({ id }) => verdictOf(client, id))).toEqual(['pass', 'fail', 'inconclusive', 'unsupported']);
    expect(countVerdicts(client, cases)).toEqual({ pass: 1, warn: 0, fail: 1, inconclusive: 1, unsupported: 1 });
  });

  test('only failures are counted by how they ended', () => {
    expect(countEndings(client)).toEqual({ told: 0, claimed: 1, conduct: 0, 'no end': 0 });
  });

  test('a row has a cell for each heading, and a theme without a verdict is empty', () => {
    const results = { suite: { sideglance: '1', date: '2026-11-30', digest: 'abc' }, cases, clients: [client] };
    expect(clientRow(client, results)).toEqual([
      'undici',
      '6.0.0 (npm `undici`)',
      '3',
      '1',
      '0',
      '1',
      '0',
      '1',
      '0',
      '0',
      '1',
      '1',
    ]);
    expect(themeCells(client, results)).toEqual(['1 of 2', '']);
  });
});

describe('a finding in one line', () => {
  test('says how the client ended, what was found, and the rules', () => {
    const reasons = ['the client reported success; a correct client reports a failure', 'the output has 3 bytes'];
    expect(summaryOf(finding({ ending: 'claimed', reasons, rules: ['fault-swallowed'] }))).toBe(
      'reported success; the output has 3 bytes (fault-swallowed)',
    );
  });

  test('shows its requests without those of a login that succeeded, and counts repetitions', () => {
    const evidence = [
      '0.0 s identity.authPasswordScoped 201',
      '0.1 s image-v2.listVersions 300',
      '0.2 s image-v2.showImage 503 injected',
      '0.7 s image-v2.showImage 503 injected',
      '1.7 s image-v2.showImage 200',
    ];
    expect(evidenceOf(finding({ evidence }))).toBe('2 × showImage 503 injected, showImage 200');
  });

  test('keeps a login that failed', () => {
    expect(evidenceOf(finding({ evidence: ['0.0 s identity.authPasswordScoped 401'] }))).toBe('authPasswordScoped 401');
  });
});
