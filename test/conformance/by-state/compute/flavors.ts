import type { Client } from '../../support.ts';
import type { RecipeTable } from '../table.ts';
import { after, by, byAdmin, commonErrors, notUtf8, type Recipes, type Request } from './recipes.ts';

const UNKNOWN = { flavor_id: 'unknown' };
const TINY = { flavor_id: '1' };
const NEW_FLAVOR = {
  flavor: { name: 'new', id: 'new', ram: 512, vcpus: 1, disk: 1, 'os-flavor-access:is_public': false },
};
const NEW = { flavor_id: 'new' };

const created = byAdmin({ operation: 'createFlavor', body: NEW_FLAVOR });
const tenant = (client: Client) => ({ tenant: client.projectId });
const add = (client: Client) => ({ addTenantAccess: tenant(client) });
const remove = (client: Client) => ({ removeTenantAccess: tenant(client) });

const list = (operation: string): Recipes => ({
  ...commonErrors({ operation }),
  200: by({ operation }),
  400: by({ operation, query: { limit: 'many' } }),
});

const show = (request: Request): Recipes => ({
  ...commonErrors(request),
  200: by(request),
  404: by({ ...request, params: { ...UNKNOWN, key: 'hw:cpu_policy' } }),
});

/** A change that only the administrator may make. */
const change = (request: Request): Recipes => ({ ...commonErrors({ ...request, user: 'admin' }), 403: by(request) });

const SPECS = { extra_specs: { color: 'blue' } };
const withSpecs = after([created], byAdmin({ operation: 'createFlavorExtraSpecs', params: NEW, body: SPECS }));

const addAccess: Request = { operation: 'addFlavorAccess', params: NEW, body: add };
const removeAccess: Request = { operation: 'removeFlavorAccess', params: NEW, body: remove };
const createSpecs: Request = { operation: 'createFlavorExtraSpecs', params: TINY, body: SPECS };
const updateSpec: Request = {
  operation: 'updateFlavorExtraSpec',
  params: { ...TINY, key: 'color' },
  body: { color: 'red' },
};
const deleteSpec: Request = { operation: 'deleteFlavorExtraSpec', params: { ...NEW, key: 'color' } };

/** Recipes for flavors. */
export const flavors: RecipeTable = {
  listFlavors: list('listFlavors'),
  listFlavorsDetail: list('listFlavorsDetail'),
  showFlavor: show({ operation: 'showFlavor', params: TINY }),
  listFlavorExtraSpecs: show({ operation: 'listFlavorExtraSpecs', params: TINY }),
  showFlavorExtraSpec: {
    ...commonErrors({ operation: 'showFlavorExtraSpec', params: { ...TINY, key: 'color' } }),
    200: after([withSpecs], byAdmin({ operation: 'showFlavorExtraSpec', params: { ...NEW, key: 'color' } })),
    404: by({ operation: 'showFlavorExtraSpec', params: { ...TINY, key: 'color' } }),
  },
  listFlavorAccess: {
    ...show({ operation: 'listFlavorAccess', params: TINY }),
    200: after([created], byAdmin({ operation: 'listFlavorAccess', params: NEW })),
    404: by({ operation: 'listFlavorAccess', params: TINY }),
  },
  createFlavor: {
    ...change({ operation: 'createFlavor', body: NEW_FLAVOR }),
    200: created,
    400: byAdmin({ operation: 'createFlavor', body: { flavor: { ram: 512, vcpus: 1, disk: 1 } } }),
    409: after([created], created),
    500: notUtf8({ operation: 'createFlavor', user: 'admin' }),
  },
  updateFlavor: {
    ...change({ operation: 'updateFlavor', params: TINY, body: { flavor: { description: 'small' } }, minor: 55 }),
    200: byAdmin({ operation: 'updateFlavor', params: TINY, body: { flavor: { description: 'small' } }, minor: 55 }),
    400: byAdmin({ operation: 'updateFlavor', params: TINY, body: {}, minor: 55 }),
    404: byAdmin({ operation: 'updateFlavor', params: UNKNOWN, body: { flavor: { description: 'small' } }, minor: 55 }),
    500: notUtf8({ operation: 'updateFlavor', params: TINY, user: 'admin' }),
  },
  deleteFlavor: {
    ...change({ operation: 'deleteFlavor', params: TINY }),
    202: byAdmin({ operation: 'deleteFlavor', params: TINY }),
    404: byAdmin({ operation: 'deleteFlavor', params: UNKNOWN }),
  },
  addFlavorAccess: {
    ...change({ ...addAccess, params: TINY }),
    200: after([created], byAdmin(addAccess)),
    400: byAdmin({ ...addAccess, body: { addTenantAccess: { tenant: 'unknown' } } }),
    404: byAdmin({ ...addAccess, params: UNKNOWN }),
    409: after([created, byAdmin(addAccess)], byAdmin(addAccess)),
  },
  removeFlavorAccess: {
    ...change({ ...removeAccess, params: TINY }),
    200: after([created, byAdmin(addAccess)], byAdmin(removeAccess)),
    400: byAdmin({ ...removeAccess, body: { removeTenantAccess: {} } }),
    404: after([created], byAdmin(removeAccess)),
  },
  createFlavorExtraSpecs: {
    ...change(createSpecs),
    200: byAdmin(createSpecs),
    400: byAdmin({ ...createSpecs, body: {} }),
    404: byAdmin({ ...createSpecs, params: UNKNOWN }),
    500: notUtf8({ ...createSpecs, user: 'admin' }),
  },
  updateFlavorExtraSpec: {
    ...change(updateSpec),
    200: byAdmin(updateSpec),
    400: byAdmin({ ...updateSpec, body: { shape: 'round' } }),
    404: byAdmin({ ...updateSpec, params: { ...UNKNOWN, key: 'color' } }),
    500: notUtf8({ ...updateSpec, user: 'admin' }),
  },
  deleteFlavorExtraSpec: {
    ...change(deleteSpec),
    200: after([withSpecs], byAdmin(deleteSpec)),
    403: by({ ...deleteSpec, params: { ...TINY, key: 'color' } }),
    404: byAdmin({ ...deleteSpec, params: { ...TINY, key: 'color' } }),
  },
};
