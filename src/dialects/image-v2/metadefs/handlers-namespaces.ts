import type { Call } from '../../../contract/contract.ts';
import type { Caller } from '../../../domain/caller.ts';
import { projectOf } from '../../../domain/images/image-rules.ts';
import type { Namespace, NamespaceQuery } from '../../../domain/metadefs/metadef.ts';
import type { Metadefs } from '../../../domain/metadefs/metadefs.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { emptyReply, JSON_TYPE, rejectBody } from '../../glance/wire.ts';
import { pageLinks } from '../../shared/paging.ts';
import { parseNamespace, parseNewAssociation, serverError } from './parse.ts';
import {
  jsonText,
  presentAssociation,
  presentAssociations,
  presentGivenParts,
  presentNamespace,
  presentObject,
  presentProperties,
  presentTagName,
  presentType,
} from './present.ts';
import { hasNamespaceSortKey, parseNamespaceQuery, parseVisibility, resourceTypeOf } from './query.ts';
import { created, metadefHandler, ok, queryOf, withFormerTime } from './wire.ts';

/** Encodes text for a header, which is Latin-1; the service itself closes the connection on other characters. */
const headerText = (text: string): string =>
  text.replace(/[^\x20-\x7e\xa0-\xff]/gu, (character) =>
    character.length === 1 && /[\ud800-\udfff]/.test(character) ? '?' : encodeURIComponent(character),
  );

const presentDetail = (metadefs: Metadefs, namespace: Namespace, type: string | undefined) => {
  const associations = metadefs.associations(namespace);
  const prefix = associations.find(({ name }) => name === type)?.prefix ?? '';
  const properties = metadefs.properties(namespace);
  const objects = metadefs.objects(namespace);
  const tags = metadefs.tags(namespace, { sortKey: 'createdAt', direction: 'desc', limit: Number.POSITIVE_INFINITY });
  return presentNamespace(namespace, {
    resource_type_associations: presentAssociations(associations),
    properties: properties.length === 0 ? undefined : presentProperties(properties, prefix),
    objects: objects.length === 0 ? undefined : objects.map((object) => presentObject(object, namespace, prefix)),
    tags: tags.length === 0 ? undefined : tags.map(({ name }) => presentTagName(name)),
  });
};

/** Fails on an unknown sort key, which the service uses only if a namespace has one of the resource types. @throws GlanceError 500. */
function failOnSort({ resourceTypes, ...rest }: NamespaceQuery, metadefs: Metadefs, caller: Caller): void {
  if (resourceTypes === undefined) throw serverError();
  const { sortKey, direction } = rest;
  const all = { sortKey, direction, resourceTypes, limit: Number.POSITIVE_INFINITY };
  if (metadefs.list(caller, all).length > 0) throw serverError();
}

/** Handlers of namespaces and of their associations with resource types. */
export const namespaceHandlers = {
  listMetadefNamespaces: metadefHandler('namespace', (call, { cloud, caller }) => {
    const query = parseNamespaceQuery(queryOf(call), cloud.limits);
    const namespaces = cloud.metadefs.list(caller, query);
    if (!hasNamespaceSortKey(call.query)) failOnSort(query, cloud.metadefs, caller);
    const isFull = namespaces.length > 0 && namespaces.length === query.limit;
    const links = pageLinks('/v2/metadefs/namespaces', call.query, isFull ? namespaces.at(-1)?.name : undefined);
    return ok({
      namespaces: namespaces.map((namespace) =>
        presentNamespace(namespace, {
          resource_type_associations: presentAssociations(cloud.metadefs.associations(namespace)),
        }),
      ),
      next: links.next,
      schema: '/v2/schemas/metadefs/namespaces',
      first: links.first,
    });
  }),

  createMetadefNamespace: metadefHandler('namespace', (call, { cloud, caller }) => {
    const request = parseNamespace(call);
    // The service fails on a namespace without an owner.
    if (caller.isAdmin && request.owner === undefined && projectOf(caller) === null) throw new GlanceError(500, FAILED);
    const namespace = cloud.metadefs.create(caller, request);
    return {
      status: 201,
      headers: { ...JSON_TYPE, Location: `${call.base}/v2/metadefs/namespaces/${headerText(namespace.name)}` },
      // If the body were a string, Node would write the headers in UTF-8 too.
      body: Buffer.from(jsonText(presentNamespace(namespace, presentGivenParts(request)))),
    };
  }),

  showMetadefNamespace: metadefHandler('namespace', (call: Call<'namespace_name'>, { cloud, caller }) => {
    rejectBody(call);
    const query = queryOf(call);
    parseVisibility(query);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    return ok(presentDetail(cloud.metadefs, namespace, resourceTypeOf(query)));
  }),

  updateMetadefNamespace: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const request = parseNamespace(call);
    const change = cloud.metadefs.update(caller, call.params.namespace_name, request);
    return ok(presentNamespace(withFormerTime(change)));
  }),

  deleteMetadefNamespace: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    rejectBody(call);
    cloud.metadefs.remove(caller, call.params.namespace_name);
    return emptyReply(204);
  }),

  listMetadefResourceTypes: metadefHandler('other', (call, { cloud }) => {
    rejectBody(call);
    return ok({ resource_types: cloud.metadefs.types().map(presentType) });
  }),

  listMetadefAssociations: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    rejectBody(call);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    return ok({ resource_type_associations: cloud.metadefs.associations(namespace).map(presentAssociation) });
  }),

  createMetadefAssociation: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const request = parseNewAssociation(call);
    return created(presentAssociation(cloud.metadefs.associate(caller, call.params.namespace_name, request)));
  }),

  deleteMetadefAssociation: metadefHandler(
    'other',
    (call: Call<'namespace_name' | 'resource_type_name'>, { cloud, caller }) => {
      rejectBody(call);
      const { namespace_name: namespace, resource_type_name: type } = call.params;
      cloud.metadefs.removePart(caller, 'association', { namespace, name: type });
      return emptyReply(204);
    },
  ),
};
