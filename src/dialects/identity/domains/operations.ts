import type { Operation } from '../../../contract/contract.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation, type SpecialOperation } from '../records/operations.ts';
import { CONFIG_REPLY } from '../special-response-schemas.ts';
import { deleteConfig, replaceConfig, showConfig, showConfigDefaults, updateConfig } from './config.ts';

const CONFIG = '/v3/domains/{domain_id}/config';
const GROUP = `${CONFIG}/{group}`;
const OPTION = `${GROUP}/{option}`;
const READ = [200, 401, 403, 404];

type Shape = Pick<SpecialOperation, 'method' | 'success' | 'statuses'> & { readonly verb: string };

const SHOW: Shape = { method: 'get', success: 200, statuses: READ, verb: 'Show' };
const UPDATE: Shape = { method: 'patch', success: 200, statuses: [...READ, 400], verb: 'Update' };
const DELETE: Shape = { method: 'delete', success: 204, statuses: [204, 401, 403, 404], verb: 'Delete' };

const operation = ({ verb, ...shape }: Shape, path: string, what: string): Operation =>
  recordOperation({
    ...shape,
    path,
    summary: `${verb} ${what}.`,
    section: 'Domain configuration',
    ...(shape.success !== 204 && { response: CONFIG_REPLY }),
  });

const ALL = 'the configuration of a domain';
const ONE_GROUP = 'a group of the configuration of a domain';
const ONE_OPTION = 'an option of the configuration of a domain';

/** The operations on configurations of domains. */
export const domainConfigOperations = {
  showDomainConfig: operation(SHOW, CONFIG, ALL),
  replaceDomainConfig: recordOperation({
    method: 'put',
    path: CONFIG,
    summary: 'Create or replace the configuration of a domain.',
    success: 201,
    statuses: [200, 201, 400, 401, 403, 404],
    response: CONFIG_REPLY,
    section: 'Domain configuration',
  }),
  updateDomainConfig: operation(UPDATE, CONFIG, ALL),
  deleteDomainConfig: operation(DELETE, CONFIG, ALL),
  showDomainConfigGroup: operation(SHOW, GROUP, ONE_GROUP),
  updateDomainConfigGroup: operation(UPDATE, GROUP, ONE_GROUP),
  deleteDomainConfigGroup: operation(DELETE, GROUP, ONE_GROUP),
  showDomainConfigOption: operation(SHOW, OPTION, ONE_OPTION),
  updateDomainConfigOption: operation(UPDATE, OPTION, ONE_OPTION),
  deleteDomainConfigOption: operation(DELETE, OPTION, ONE_OPTION),
  showDomainConfigDefaults: operation(SHOW, '/v3/domains/config/default', 'the default configuration'),
  showDomainConfigGroupDefaults: operation(SHOW, '/v3/domains/config/{group}/default', 'the defaults of a group'),
  showDomainConfigOptionDefault: operation(
    SHOW,
    '/v3/domains/config/{group}/{option}/default',
    'the default of an option',
  ),
};

const show = recordHandler(showConfig);
const update = recordHandler(updateConfig);
const remove = recordHandler(deleteConfig);
const showDefaults = recordHandler(showConfigDefaults);

/** Handlers of `domainConfigOperations`. */
export const domainConfigHandlers = {
  showDomainConfig: show,
  replaceDomainConfig: recordHandler(replaceConfig),
  updateDomainConfig: update,
  deleteDomainConfig: remove,
  showDomainConfigGroup: show,
  updateDomainConfigGroup: update,
  deleteDomainConfigGroup: remove,
  showDomainConfigOption: show,
  updateDomainConfigOption: update,
  deleteDomainConfigOption: remove,
  showDomainConfigDefaults: showDefaults,
  showDomainConfigGroupDefaults: showDefaults,
  showDomainConfigOptionDefault: showDefaults,
};
