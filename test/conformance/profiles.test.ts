import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIALECTS } from '../../src/dialects/index.ts';
import { checkProfiles } from '../../src/fixtures/sections/profiles.ts';

const PAGE = readFileSync(new URL('../../docs/apis.md', import.meta.url), 'utf8');

const SCENARIOS = readFileSync(new URL('../../docs/scenario-library.md', import.meta.url), 'utf8');

/** The choices of each profile as docs/apis.md lists them, by `API profile`. */
function documentedProfiles(): ReadonlyMap<string, string> {
  const profiles = new Map<string, string>();
  const [, ...parts] = PAGE.split(/^### Profiles of `/m);
  for (const part of parts) {
    const [dialect] = part.split('`');
    const [list = ''] = part.slice(part.indexOf('\n') + 1).split(/\n\n|^#/m);
    for (const [, profile, choices = ''] of list.matchAll(/^- `([\w.-]+)`: ((?:.|\n {2})*)$/gm)) {
      profiles.set(`${dialect} ${profile}`, choices.replaceAll(/\s+/g, ' '));
    }
  }
  return profiles;
}

const PROFILES = DIALECTS.flatMap(({ name, contract }) =>
  Object.entries(contract.profiles ?? {}).map(([profile, { choices }]) => [`${name} ${profile}`, choices] as const),
);

test.each(PROFILES)('docs/apis.md lists the choices of %s, the default first', (profile, choices) => {
  const text = documentedProfiles().get(profile) ?? '';
  const named = Object.keys(choices).filter((choice) => text.includes(`\`${choice}\``));
  expect(named).toEqual(Object.keys(choices));
  expect(text.startsWith(`\`${named[0]}\``)).toBe(true);
});

test('docs/apis.md lists exactly the existing profiles', () => {
  expect([...documentedProfiles().keys()].sort()).toEqual(PROFILES.map(([profile]) => profile).sort());
});

const FORMER = DIALECTS.flatMap(({ name, contract }) =>
  Object.entries(contract.formerProfiles ?? {}).map(([profile, scenario]) => [name, profile, scenario] as const),
);

test.each(FORMER)(
  'the former profile %s/%s is rejected with the name of its scenario',
  (dialect, profile, scenario) => {
    const contracts = DIALECTS.map(({ contract }) => contract);
    const [issue] = checkProfiles({ [dialect]: { [profile]: 'unserved' } }, contracts, '/profiles');
    expect(issue).toMatchObject({ pointer: `/profiles/${dialect}/${profile}`, found: 'unserved' });
    expect(issue?.message).toContain(`enable the scenario "${scenario}"`);
    expect(SCENARIOS).toContain(`\`${scenario}\``);
  },
);
