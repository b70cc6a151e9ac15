import type { RuleSource } from './rule.ts';

const rfc = (number: number, section: string, title: string): RuleSource => ({
  title: `RFC ${number}, section ${section}, "${title}"`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

/** Sources that several rules share. */
export const SOURCES = {
  retryAfter: rfc(9110, '10.2.3', 'Retry-After'),
  idempotent: rfc(9110, '9.2.2', 'Idempotent Methods'),
  unavailable: rfc(9110, '15.6.4', '503 Service Unavailable'),
  tooMany: rfc(6585, '4', '429 Too Many Requests'),
  clientError: rfc(9110, '15.5', 'Client Error 4xx'),
  unauthorized: rfc(9110, '15.5.2', '401 Unauthorized'),
  lengthRequired: rfc(9110, '15.5.12', '411 Length Required'),
  conflict: rfc(9110, '15.5.10', '409 Conflict'),
  get: rfc(9110, '9.3.1', 'GET'),
  head: rfc(9110, '9.3.2', 'HEAD'),
  accept: rfc(9110, '12.5.1', 'Accept'),
  contentType: rfc(9110, '8.3', 'Content-Type'),
  range: rfc(9110, '14', 'Range Requests'),
  expect: rfc(9110, '10.1.1', 'Expect'),
  persistent: rfc(9112, '9.3', 'Persistence'),
  incomplete: rfc(9112, '8', 'Handling Incomplete Messages'),
  bearer: rfc(6750, '2.3', 'URI Query Parameter'),
  sensitive: rfc(9110, '17.9', 'Disclosure of Sensitive Information in URIs'),
  backoff: {
    title: 'AWS Builders Library, "Timeouts, retries, and backoff with jitter"',
    url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  },
  pagination: {
    title: 'OpenStack API special interest group, "Pagination, filtering, and sorting"',
    url: 'https://specs.openstack.org/openstack/api-sig/guidelines/pagination_filter_sort.html',
  },
  imageApi: { title: 'Image service API v2 reference', url: 'https://docs.openstack.org/api-ref/image/v2/' },
  identityApi: { title: 'Identity API v3 reference', url: 'https://docs.openstack.org/api-ref/identity/v3/' },
  discovery: {
    title: 'OpenStack API special interest group, "Version discovery"',
    url: 'https://specs.openstack.org/openstack/api-sig/guidelines/consuming-catalog/version-discovery.html',
  },
} as const satisfies Readonly<Record<string, RuleSource>>;
