import { beforeEach, describe, expect, test } from '@jest/globals';
import { fillUrl } from '../../../src/identity/records/endpoint-url.ts';
import type { EndpointRecord, ServiceRecord } from '../../../src/identity/records/record.ts';
import { Records } from '../../../src/identity/records/records.ts';
import { initialRecords } from '../../../src/identity/records/records-state.ts';
import { catalogOf } from '../../../src/identity/records/service-catalog.ts';
import { aDirectory } from './builders.ts';

let records: Records;

const service: ServiceRecord = { id: 's', name: 'probe', type: 'probe', enabled: true };
const endpoint: EndpointRecord = {
  id: 'e',
  service_id: 's',
  interface: 'public',
  region_id: null,
  url: 'http://probe/$(project_id)s',
  enabled: true,
};

beforeEach(() => {
  records = new Records(initialRecords(aDirectory()));
  records.put('service', service);
  records.put('endpoint', endpoint);
});

/** The URLs of each service in the catalog of a user. */
const urls = (projectId?: string): readonly (readonly string[])[] =>
  catalogOf(records, { root: 'http://cloud', userId: 'u', projectId }).map(({ endpoints }) =>
    endpoints.map(({ url }) => url),
  );

test('a catalog shows new endpoints at once, with their URLs filled in', () => {
  expect(urls('p')).toEqual([['http://probe/p']]);
  records.put('endpoint', { ...endpoint, id: 'f', url: 'http://probe/$(user_id)s' });
  expect(urls('p')).toEqual([['http://probe/p', 'http://probe/u']]);
});

test('a catalog leaves out endpoints whose URL needs a project that the token has not', () => {
  expect(urls()).toEqual([[]]);
});

test('a catalog leaves out disabled endpoints and services', () => {
  records.put('endpoint', { ...endpoint, enabled: false });
  expect(urls('p')).toEqual([[]]);
  records.put('service', { ...service, enabled: false });
  expect(urls('p')).toEqual([]);
});

describe('The catalog of a project with associated endpoints', () => {
  beforeEach(() => {
    records.put('service', { ...service, id: 't' });
    records.put('endpoint', { ...endpoint, id: 'f', service_id: 't', interface: 'admin', url: 'http://other' });
  });

  test('contains only these', () => {
    records.put('project-endpoint', { id: 'f:p', project_id: 'p', endpoint_id: 'f' });
    expect(urls('p')).toEqual([['http://other']]);
    expect(urls('q')).toEqual([['http://probe/q'], ['http://other']]);
  });

  test('contains those of associated groups', () => {
    records.put('endpoint-group', { id: 'g', filters: { interface: 'admin' } });
    records.put('project-endpoint-group', { id: 'g:p', project_id: 'p', endpoint_group_id: 'g' });
    expect(urls('p')).toEqual([['http://other']]);
  });

  test('is empty if these are disabled or their URLs cannot be filled in', () => {
    records.put('project-endpoint', { id: 'f:p', project_id: 'p', endpoint_id: 'f' });
    records.put('endpoint', { ...endpoint, id: 'f', service_id: 't', enabled: false });
    expect(urls('p')).toEqual([]);
    records.put('endpoint', { ...endpoint, id: 'f', service_id: 't', url: 'http://$(nonsense)s' });
    expect(urls('p')).toEqual([]);
  });

  test('contains all endpoints if none is associated any more', () => {
    records.put('project-endpoint', { id: 'f:p', project_id: 'p', endpoint_id: 'f' });
    records.delete('endpoint', 'f');
    expect(urls('p')).toEqual([['http://probe/p'], []]);
  });
});

test.each([
  ['http://a/%(project_id)s', 'http://a/p'],
  ['http://a/100%%', 'http://a/100%'],
  ['http://a/$(project_id)r', "http://a/'p'"],
  ['http://a/$(public_port)s', undefined],
  ['http://a/$(nonsense)s', undefined],
  ['http://a/$(project_id)d', undefined],
  ['http://a/100%', undefined],
])('the URL %s is filled in as %s', (url, filled) => {
  expect(fillUrl(url, { project_id: 'p' })).toBe(filled);
});
