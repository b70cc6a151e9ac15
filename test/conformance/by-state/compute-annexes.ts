import { flavors } from './compute/flavors.ts';
import { hosts } from './compute/hosts.ts';
import { quotas } from './compute/quotas.ts';
import { resources } from './compute/resources.ts';
import { servers } from './compute/servers.ts';
import { joinTables } from './table.ts';

/** Recipes for the operations of compute-v2.1 beyond images. */
export const computeAnnexes = joinTables(flavors, servers, quotas, resources, hosts);
