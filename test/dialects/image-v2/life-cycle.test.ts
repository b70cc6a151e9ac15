import { describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import type { ImageStatus } from '../../../src/domain/image.ts';
import { type Cloud, createCloud } from './support.ts';

const OCTETS = { 'Content-Type': 'application/octet-stream' };

const startImport = (cloud: Cloud, id: string, body: object, user: 'demo' | 'admin' = 'demo') =>
  cloud.send('POST', `/v2/images/${id}/import`, { body, user });

/** Operations on an image, requested in every status. */
const OPERATIONS: Readonly<Record<string, (cloud: Cloud, id: string) => Promise<Response>>> = {
  upload: (cloud, id) => cloud.upload(id, 'x'),
  stage: (cloud, id) => cloud.send('PUT', `/v2/images/${id}/stage`, { body: 'x', headers: OCTETS }),
  importStaged: (cloud, id) => startImport(cloud, id, { method: { name: 'glance-direct' } }),
  importFromWeb: (cloud, id) =>
    startImport(cloud, id, { method: { name: 'web-download', uri: 'http://127.0.0.1:9/none' } }),
  copyToStore: (cloud, id) => startImport(cloud, id, { method: { name: 'copy-image' }, stores: ['store2'] }, 'admin'),
  deactivate: (cloud, id) => cloud.send('POST', `/v2/images/${id}/actions/deactivate`),
  reactivate: (cloud, id) => cloud.send('POST', `/v2/images/${id}/actions/reactivate`),
  download: (cloud, id) => cloud.send('GET', `/v2/images/${id}/file`),
  rename: (cloud, id) => cloud.patch(id, [{ op: 'replace', path: '/name', value: 'z' }]),
  changeFormat: (cloud, id) => cloud.patch(id, [{ op: 'replace', path: '/disk_format', value: 'iso' }]),
  tag: (cloud, id) => cloud.send('PUT', `/v2/images/${id}/tags/q`),
  share: (cloud, id) => cloud.send('POST', `/v2/images/${id}/members`, { body: { member: 'q' } }),
  removeFromStore: (cloud, id) => cloud.send('DELETE', `/v2/stores/store1/${id}`),
  cache: (cloud, id) => cloud.send('PUT', `/v2/cache/${id}`, { user: 'admin' }),
  show: (cloud, id) => cloud.send('GET', `/v2/images/${id}`),
  remove: (cloud, id) => cloud.send('DELETE', `/v2/images/${id}`),
};

/** Statuses that the running service returned, by status of the image and operation. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  queued: {
    upload: 204,
    stage: 204,
    importStaged: 409,
    importFromWeb: 202,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 204,
    rename: 200,
    changeFormat: 200,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  saving: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 204,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  uploading: {
    upload: 409,
    stage: 409,
    importStaged: 202,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 204,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  importing: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 204,
    rename: 200,
    changeFormat: 200,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  active: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 202,
    deactivate: 204,
    reactivate: 204,
    download: 200,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 403,
    cache: 202,
    show: 200,
    remove: 204,
  },
  deactivated: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 204,
    reactivate: 204,
    download: 403,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  killed: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 204,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
  pending_delete: {
    upload: 409,
    stage: 409,
    importStaged: 409,
    importFromWeb: 409,
    copyToStore: 409,
    deactivate: 403,
    reactivate: 403,
    download: 200,
    rename: 200,
    changeFormat: 403,
    tag: 204,
    share: 200,
    removeFromStore: 409,
    cache: 400,
    show: 200,
    remove: 204,
  },
};

/** Statuses in which an image has data. */
const WITH_DATA: ReadonlySet<string> = new Set(['active', 'deactivated', 'pending_delete']);

describe.each(Object.keys(EXPECTED))('For an image that is %s', (status) => {
  test.each(Object.keys(OPERATIONS))('%s returns the status of the running service', async (operation) => {
    const cloud = createCloud();
    const { id } = await cloud.create({ disk_format: 'raw', container_format: 'bare' });
    if (WITH_DATA.has(status)) await cloud.upload(id, 'hello');
    cloud.edit(id, { status: status as ImageStatus });
    const response = await OPERATIONS[operation]?.(cloud, id);
    expect(response?.status).toBe(EXPECTED[status]?.[operation]);
  });
});
