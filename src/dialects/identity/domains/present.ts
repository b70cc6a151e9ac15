import type { Call } from '../../../contract/contract.ts';
import type { Domain } from '../../../identity/directory/directory.ts';

/** A domain of version 3. */
export const presentDomain = ({ id, name, description, isEnabled }: Domain, call: Call): object => ({
  id,
  name,
  description,
  enabled: isEnabled,
  tags: [],
  options: {},
  links: { self: `${call.base}/v3/domains/${id}` },
});

/** A domain as a project, which every domain is too. */
export const presentDomainAsProject = (domain: Domain, call: Call): object => ({
  ...presentDomain(domain, call),
  domain_id: null,
  parent_id: null,
  is_domain: true,
  links: { self: `${call.base}/v3/projects/${domain.id}` },
});
