import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesAt } from '../../input/input-document.ts';
import { packageFile } from '../../input/package-files.ts';
import type { Rule, Scenario, UnusedFault } from '../fault.ts';
import type { ChangedScenario, ScenarioSource } from '../scenario-source.ts';
import { loadScenarios, readShippedScenarios } from './load.ts';
import { type KnownOperation, KnownOperations } from './operations.ts';

/** Directory of the shipped scenarios. */
export const SHIPPED_SCENARIOS = packageFile('scenarios');

/** Folder of the scenarios for single statuses, below the shipped scenarios. */
export const GENERATED_SCENARIOS = '.generated/answers';

/** The only shipped file with a scenario that is enabled from the start, and the only one that is read at the start. */
const ENABLED_FILE = 'trigger-images.json';

/** The shipped scenarios that were read so far, by file. */
const shippedFiles = new WeakMap<KnownOperations, Map<string, readonly Scenario[]>>();

/** Where the scenarios of a library come from. */
export interface LibraryOptions {
  readonly operations: readonly KnownOperation[];
  /** Directory of shipped scenarios; `null` for none. */
  readonly shipped?: string | null;
  /** Scenario files and directories of the user. A scenario with the name of a shipped one replaces it. */
  readonly files?: readonly string[];
}

/**
 * The scenarios that all worlds of a process share, by name. Those of the user are loaded and checked at once. Shipped
 * files, which are many and rarely used, are read on first use, except the one that is enabled from the start.
 */
export class ScenarioLibrary implements ScenarioSource {
  readonly operations: KnownOperations;
  readonly #options: LibraryOptions;
  readonly #shipped: string | null;
  #scenarios = new Map<string, Scenario>();
  /** Rules that fired in any world. */
  readonly #fired = new WeakSet<Rule>();
  #ofUser: readonly Scenario[];
  #isWhole: boolean;

  /** @throws InputError for invalid files of the user. */
  constructor(options: LibraryOptions) {
    this.#options = options;
    this.operations = KnownOperations.of(options.operations);
    this.#shipped = options.shipped === undefined ? SHIPPED_SCENARIOS : options.shipped;
    this.#isWhole = this.#shipped === null;
    this.#ofUser = loadScenarios(options.files ?? [], this.operations);
    for (const scenario of this.#ofUser) this.#scenarios.set(scenario.name, scenario);
    const start = this.#shipped === null ? undefined : join(this.#shipped, ENABLED_FILE);
    if (start !== undefined && existsSync(start)) this.#read(start);
  }

  /** Returns a scenario by name. */
  get(name: string): Scenario | undefined {
    const known = this.#scenarios.get(name);
    if (known !== undefined || this.#isWhole) return known;
    this.#readAll();
    return this.#scenarios.get(name);
  }

  /** Returns all scenarios, those of the user first. */
  all(): readonly Scenario[] {
    this.#readAll();
    return [...this.#scenarios.values()];
  }

  /** Returns the scenarios that are enabled in a new world, in evaluation order. */
  enabledFromStart(): readonly Scenario[] {
    return [...this.#scenarios.values()].filter(({ isEnabled }) => isEnabled);
  }

  /**
   * Loads the files of the user again.
   * @returns what has changed, and a function that makes the change.
   * @throws InputError for invalid files; the library stays as it is then.
   */
  reload(): { readonly changes: readonly ChangedScenario[]; commit(): void } {
    const next = new ScenarioLibrary(this.#options);
    const names = new Set([...this.#ofUser, ...next.#ofUser].map(({ name }) => name));
    const all = [...names].map((name) => ({ name, before: this.get(name), after: next.get(name) }));
    const isSame = ({ before, after }: ChangedScenario): boolean =>
      JSON.stringify(before?.document) === JSON.stringify(after?.document);
    return {
      changes: all.filter((one) => !isSame(one)),
      commit: () => {
        // Unchanged scenarios stay the same objects: enabled ones refer to them, and their rules are known to have fired.
        const kept = new Map(all.filter(isSame).map(({ name, before }) => [name, before]));
        const keep = (scenario: Scenario): Scenario => kept.get(scenario.name) ?? scenario;
        this.#ofUser = next.#ofUser.map(keep);
        this.#scenarios = new Map([...next.#scenarios].map(([name, scenario]) => [name, keep(scenario)]));
        this.#isWhole = next.#isWhole;
      },
    };
  }

  /** Records that a rule fired. */
  noteFired(rule: Rule): void {
    this.#fired.add(rule);
  }

  /** Returns the rules of user scenarios that are enabled from the start and have not fired in any world. */
  unusedFaults(): readonly UnusedFault[] {
    return this.#ofUser
      .filter(({ isEnabled }) => isEnabled)
      .flatMap(({ name, rules }) =>
        rules.flatMap((rule, index) =>
          this.#fired.has(rule) ? [] : [{ scenario: name, rule: index, operations: rule.operations }],
        ),
      );
  }

  /** Returns the scenarios of a shipped file. Each file of the package is read once in a process. */
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
    const answers = join(this.#shipped, GENERATED_SCENARIOS);
    for (const file of filesAt(existsSync(answers) ? [this.#shipped, answers] : [this.#shipped])) this.#read(file);
  }

  #read(file: string): void {
    for (const scenario of this.#scenariosIn(file)) {
      if (!this.#scenarios.has(scenario.name)) this.#scenarios.set(scenario.name, scenario);
    }
  }
}
