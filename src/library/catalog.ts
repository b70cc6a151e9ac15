import { type ContractView, listContracts } from '../admin/contracts.ts';
import { DIALECTS } from '../dialects/index.ts';
import { buildRoutes } from '../dialects/routes.ts';
import { ScenarioLibrary } from '../faults/scenario-file/library.ts';

/** A scenario of the package. */
export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
}

/** Lists the scenarios of the package, without a server. */
export const shippedScenarios = (): readonly ShippedScenario[] =>
  new ScenarioLibrary({ operations: buildRoutes(DIALECTS).operations, files: [] })
    .all()
    .map(({ name, description }) => ({
      name,
      description,
    }));

/** Lists the operations of all doubled APIs, without a server. */
export const documentedOperations = (): readonly ContractView[] =>
  listContracts(DIALECTS.map(({ contract }) => contract));
