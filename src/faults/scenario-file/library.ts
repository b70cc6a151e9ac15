import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesAt } from '../../input/input-document.ts';
import { packageFile } from '../../input/package-files.ts';
import type { Rule, Scenario, UnusedFault } from '../fault.ts';
import type { ScenarioSource } from '../scenario-source.ts';
import { loadScenarios, readShippedScenarios } from './load.ts';
import { type KnownOperation, KnownOperations } from './operations.ts';

/** Where the scenarios that come with the package are. */
export const SHIPPED_SCENARIOS = packageFile('scenarios');

/** The one shipped file that plays from the start; a start reads no other. */
const FROM_THE_START = 'trigger-images.json';

/** The scenarios of the package that were read so far, by file. */
const shippedFiles = new WeakMap<KnownOperations, Map<string, readonly Scenario[]>>();

/** Where scenarios come from. */
export interface LibraryOptions {
  readonly operations: readonly KnownOperation[];
  /** Directory of shipped scenarios; `null` for none. */
  readonly shipped?: string | null;
  /** Scenario files and directories of the user; one of a shipped name takes its place. */
  readonly files?: readonly string[];
}

/**
 * The scenarios that all worlds of a process share, by name. Those of the user are loaded and checked at once. The
 * shipped ones are many and mostly off: all but the file that plays from the start are read when first asked for.
 */
export class ScenarioLibrary implements ScenarioSource {
  readonly operations: KnownOperations;
  readonly #shipped: string | null;
  readonly #scenarios = new Map<string, Scenario>();
  /** Rules that did something in any world. */
  readonly #fired = new WeakSet<Rule>();
  readonly #ofUser: readonly Scenario[];
  #isWhole: boolean;

  /** @throws InputError for files of the user that are not as they should be. */
  constructor(options: LibraryOptions) {
    this.operations = KnownOperations.of(options.operations);
    this.#shipped = options.shipped === undefined ? SHIPPED_SCENARIOS : options.shipped;
    this.#isWhole = this.#shipped === null;
    this.#ofUser = loadScenarios(options.files ?? [], this.operations);
    for (const scenario of this.#ofUser) this.#scenarios.set(scenario.name, scenario);
    const start = this.#shipped === null ? undefined : join(this.#shipped, FROM_THE_START);
    if (start !== undefined && existsSync(start)) this.#read(start);
  }

  get(name: string): Scenario | undefined {
    const known = this.#scenarios.get(name);
    if (known !== undefined || this.#isWhole) return known;
    this.#readAll();
    return this.#scenarios.get(name);
  }

  /** All of them: those of the user first. */
  all(): readonly Scenario[] {
    this.#readAll();
    return [...this.#scenarios.values()];
  }

  /** Those that play from the start, in this order. */
  enabledFromStart(): readonly Scenario[] {
    return [...this.#scenarios.values()].filter(({ isEnabled }) => isEnabled);
  }

  /** Takes down that a rule did something. */
  noteFired(rule: Rule): void {
    this.#fired.add(rule);
  }

  /** Rules of the user that play from the start and have done nothing in any world. */
  unusedFaults(): readonly UnusedFault[] {
    return this.#ofUser
      .filter(({ isEnabled }) => isEnabled)
      .flatMap(({ name, rules }) =>
        rules.flatMap((rule, index) =>
          this.#fired.has(rule) ? [] : [{ scenario: name, rule: index, operations: rule.operations }],
        ),
      );
  }

  /** Returns the scenarios of a shipped file. Those of the package are read once for all libraries of a process. */
  #scenariosIn(file: string): readonly Scenario[] {
    if (this.#shipped !== SHIPPED_SCENARIOS) return readShippedScenarios(file, this.operations);
    const files = shippedFiles.get(this.operations) ?? new Map<string, readonly Scenario[]>();
    shippedFiles.set(this.operations, files);
    const scenarios = files.get(file) ?? readShippedScenarios(file, this.operations);
    files.set(file, scenarios);
    return scenarios;
  }

  #readAll(): void {
    if (this.#isWhole || this.#shipped === null) return;
    this.#isWhole = true;
    const answers = join(this.#shipped, 'answers');
    for (const file of filesAt(existsSync(answers) ? [this.#shipped, answers] : [this.#shipped])) this.#read(file);
  }

  #read(file: string): void {
    for (const scenario of this.#scenariosIn(file)) {
      if (!this.#scenarios.has(scenario.name)) this.#scenarios.set(scenario.name, scenario);
    }
  }
}
