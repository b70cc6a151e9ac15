import type { Json } from '../base/json.ts';
import { CONDUCT_RULES } from '../conduct/rules/index.ts';
import { nearestHint, nearestName } from '../contract/nearest.ts';
import { compile } from '../contract/schema.ts';
import { describeViolations } from '../contract/schema-errors.ts';
import { filesAt, type InputDocument, inputError, readDocument } from '../input/input-document.ts';
import { InputError, type InputIssue, joined } from '../input/input-error.ts';
import { packageFile } from '../input/package-files.ts';
import type { ConformCase, Expectations, Profile } from './case.ts';
import { checkCase, checkWorld } from './check-case.ts';
import { expand, mergeWorlds, type Placeholders } from './expand.ts';
import { SUITE_SCHEMA } from './schema.ts';
import { CASE_SOURCES, type CaseSource } from './sources.ts';
import type { Api } from './tasks.ts';

/** Folder of the shipped cases. */
export const SHIPPED_CASES = packageFile('conformance');

/** Seconds that a client may take when a case does not say it. */
const TIMEOUT = 20;

const check = compile(SUITE_SCHEMA);

/** A case as written, before it is made for its APIs and variants. */
interface WrittenCase {
  readonly id: string;
  readonly version?: number;
  readonly apis: readonly Api[];
  readonly variants?: readonly Placeholders[];
  readonly source: readonly CaseSource[];
  readonly inputs?: Json;
  readonly world?: Json;
  readonly faults?: readonly Json[];
  readonly expect: Expectations;
}

interface WrittenSuite {
  readonly profile: Profile;
  readonly world?: Json;
  readonly cases: readonly WrittenCase[];
}

/** What is done to each made case while its file is read. */
interface Reading {
  readonly document: InputDocument;
  readonly suite: WrittenSuite;
  readonly issues: InputIssue[];
  readonly cases: Map<string, ConformCase>;
}

/**
 * Loads conformance cases from files and folders; the shipped ones when there are none.
 * @throws InputError with the problems of all files.
 */
export function loadCases(paths: readonly string[] = []): readonly ConformCase[] {
  const cases = new Map<string, ConformCase>();
  const errors: InputError[] = [];
  for (const file of filesAt(paths.length === 0 ? [SHIPPED_CASES] : paths)) {
    try {
      readSuite(readDocument(file), cases);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw joined(errors);
  return [...cases.values()];
}

/** Adds the cases of a file to those of earlier files. */
function readSuite(document: InputDocument, cases: Map<string, ConformCase>): void {
  const violations = check(document.value);
  if (violations.length > 0) throw inputError(document, describeViolations(violations, SUITE_SCHEMA));
  const suite = document.value as WrittenSuite;
  const issues: InputIssue[] = [...checkWorld(suite.world ?? {})];
  // The cases would all repeat it.
  if (issues.length > 0) throw inputError(document, issues);
  for (const [at, written] of suite.cases.entries()) {
    const pointer = `/cases/${at}`;
    issues.push(...unknownRules(written.expect, pointer));
    for (const api of written.apis) {
      for (const variant of written.variants ?? [{}]) {
        addCase({ written, api, variant, pointer }, { document, suite, issues, cases });
      }
    }
  }
  if (issues.length > 0) throw inputError(document, unique(issues));
}

/** One case for one API and one variant. */
interface Made {
  readonly written: WrittenCase;
  readonly api: Api;
  readonly variant: Placeholders;
  readonly pointer: string;
}

function addCase(made: Made, { document, suite, issues, cases }: Reading): void {
  const { written, api, variant, pointer } = made;
  const { apis: _apis, variants: _variants, source, ...rest } = written;
  const expanded = expand(rest, api, { ...variant, api });
  issues.push(...expanded.issues.map((issue) => ({ ...issue, pointer: pointer + issue.pointer })));
  if (expanded.issues.length > 0) return;
  const own = expanded.value as Omit<ConformCase, 'api' | 'profile' | 'sources' | 'place'>;
  const one: ConformCase = {
    ...own,
    id: `${api}.${suite.profile}.${own.id}`,
    version: own.version ?? 1,
    profile: suite.profile,
    api,
    sources: source.map((name) => CASE_SOURCES[name]),
    inputs: { ...own.inputs, timeout: own.inputs?.timeout ?? TIMEOUT },
    world: mergeWorlds(suite.world ?? {}, own.world ?? {}),
    faults: (own.faults ?? []).map((fault) => ({ undocumented: true, ...fault })),
    met: own.met ?? [],
    place: document.file,
  };
  issues.push(...checkCase(one).map((issue) => ({ ...issue, pointer: pointer + issue.pointer })));
  const earlier = cases.get(one.id);
  if (earlier === undefined) cases.set(one.id, one);
  else {
    const message = `another case has this id, in ${earlier.place}`;
    issues.push({ pointer: `${pointer}/id`, message, found: one.id, allowed: 'an unused id' });
  }
}

function unknownRules({ conduct = [], ignore = [] }: Expectations, pointer: string): readonly InputIssue[] {
  const known = CONDUCT_RULES.map(({ id }) => id);
  const named = [...Object.entries(conduct), ...Object.entries(ignore)].map(([at, found], position) => {
    const member = position < conduct.length ? 'conduct' : 'ignore';
    return { pointer: `${pointer}/expect/${member}/${at}`, found };
  });
  return named
    .filter(({ found }) => !known.includes(found))
    .map(({ pointer: place, found }) => ({
      pointer: place,
      message: `unknown rule of conduct${nearestHint(nearestName(found, known))}`,
      found,
      allowed: 'the id of a rule in docs/conduct.md',
    }));
}

/** Leaves out what is wrong in the same way for several APIs. */
const unique = (issues: readonly InputIssue[]): readonly InputIssue[] => [
  ...new Map(
    issues.map((issue) => [`${issue.pointer}\n${issue.message}\n${JSON.stringify(issue.found)}`, issue]),
  ).values(),
];
