import type { RuleSource } from '../conduct/rule.ts';
import { SOURCES } from '../conduct/sources.ts';

/** What cases can name as a source: those of the rules of conduct, and documents about single APIs and clients. */
export const CASE_SOURCES = {
  ...SOURCES,
  badGateway: {
    title: 'RFC 9110, section 15.6.3, "502 Bad Gateway"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3',
  },
  gatewayTimeout: {
    title: 'RFC 9110, section 15.6.5, "504 Gateway Timeout"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5',
  },
  serverError: {
    title: 'RFC 9110, section 15.6, "Server Error 5xx"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
  },
  forbidden: {
    title: 'RFC 9110, section 15.5.4, "403 Forbidden"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4',
  },
  notFound: {
    title: 'RFC 9110, section 15.5.5, "404 Not Found"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
  },
  gone: {
    title: 'RFC 9110, section 15.5.11, "410 Gone"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11',
  },
  tooLarge: {
    title: 'RFC 9110, section 15.5.14, "413 Content Too Large"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14',
  },
  contentLength: {
    title: 'RFC 9110, section 8.6, "Content-Length"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.6',
  },
  fieldNames: {
    title: 'RFC 9110, section 5.1, "Field Names"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.1',
  },
  json: { title: 'RFC 8259, section 2, "JSON Grammar"', url: 'https://www.rfc-editor.org/rfc/rfc8259#section-2' },
  jsonPatch: {
    title: 'RFC 6902, "JavaScript Object Notation (JSON) Patch"',
    url: 'https://www.rfc-editor.org/rfc/rfc6902',
  },
  tls: {
    title: 'RFC 9110, section 4.2.2, "https URI Scheme"',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2',
  },
  computeApi: { title: 'Compute API reference', url: 'https://docs.openstack.org/api-ref/compute/' },
  computeFaults: {
    title: 'Compute API guide, "Faults"',
    url: 'https://docs.openstack.org/api-guide/compute/faults.html',
  },
  serviceCatalog: {
    title: 'OpenStack API special interest group, "Consuming Service Catalog"',
    url: 'https://specs.openstack.org/openstack/api-sig/guidelines/consuming-catalog.html',
  },
  imageImport: {
    title: 'Image service documentation, "Interoperable Image Import"',
    url: 'https://docs.openstack.org/glance/latest/admin/interoperable-image-import.html',
  },
  imageStatuses: {
    title: 'Image service documentation, "Image Statuses"',
    url: 'https://docs.openstack.org/glance/latest/user/statuses.html',
  },
  imageSignature: {
    title: 'Image service documentation, "Secure Hash Algorithm Support"',
    url: 'https://docs.openstack.org/glance/latest/user/os_hash_algo.html',
  },
  rackspaceImages: { title: 'Rackspace Cloud Images developer guide, "API Reference"' },
  rackspaceFaults: { title: 'Rackspace Cloud Images developer guide, "Faults" and "Rate limits"' },
  rackspaceTasks: { title: 'Rackspace Cloud Images developer guide, "Image tasks"' },
  rackspaceServers: { title: 'Rackspace Cloud Servers developer guide, "Images"' },
  rackspaceAuth: { title: 'Rackspace Cloud Identity developer guide, "Authenticate"' },
  imsApi: { title: 'Open Telekom Cloud, Image Management Service API reference' },
  imsJobs: {
    title: 'Open Telekom Cloud, Image Management Service API reference, "Querying the Status of an Asynchronous Job"',
  },
} as const satisfies Readonly<Record<string, RuleSource>>;
/** One of `CASE_SOURCES`. */
export type CaseSource = keyof typeof CASE_SOURCES;
