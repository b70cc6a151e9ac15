import type { Call } from '../../../contract/contract.ts';
import { emptyReply, failOnBody, rejectBody } from '../../glance/wire.ts';
import {
  checkTagName,
  isAppending,
  parseObjectBody,
  parseProperty,
  parseTagName,
  parseTags,
  serverError,
} from './parse.ts';
import {
  presentObject,
  presentProperties,
  presentProperty,
  presentTag,
  presentTagName,
  presentWrittenObject,
} from './present.ts';
import { checkListQuery, parseTagQuery, resourceTypeOf } from './query.ts';
import { created, metadefHandler, ok, queryOf, withFormerTime } from './wire.ts';

/** Handlers of the properties of a namespace. */
export const propertyHandlers = {
  listMetadefProperties: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    rejectBody(call);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    return ok({ properties: presentProperties(cloud.metadefs.properties(namespace)) });
  }),

  createMetadefProperty: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const request = parseProperty(call);
    return created(presentProperty(cloud.metadefs.addProperty(caller, call.params.namespace_name, request)));
  }),

  deleteMetadefProperties: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    failOnBody(call);
    cloud.metadefs.removeParts(caller, 'property', call.params.namespace_name);
    return emptyReply(204);
  }),

  showMetadefProperty: metadefHandler('other', (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
    const query = queryOf(call);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    const type = resourceTypeOf(query);
    return ok(presentProperty(cloud.metadefs.property(namespace, call.params.property_name, type)));
  }),

  updateMetadefProperty: metadefHandler(
    'other',
    (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
      const request = parseProperty(call);
      const { namespace_name: namespace, property_name: property } = call.params;
      return ok(presentProperty(cloud.metadefs.updateProperty(caller, { namespace, name: property }, request).after));
    },
  ),

  deleteMetadefProperty: metadefHandler(
    'other',
    (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
      failOnBody(call);
      const { namespace_name: namespace, property_name: property } = call.params;
      cloud.metadefs.removePart(caller, 'property', { namespace, name: property });
      return emptyReply(204);
    },
  ),
};

/** Handlers of the objects of a namespace. */
export const objectHandlers = {
  listMetadefObjects: metadefHandler('object', (call: Call<'namespace_name'>, { cloud, caller }) => {
    // The service validates the parameters and ignores them.
    checkListQuery(queryOf(call));
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    const objects = cloud.metadefs.objects(namespace).map((object) => presentObject(object, namespace));
    return ok({ objects, schema: 'v2/schemas/metadefs/objects' });
  }),

  createMetadefObject: metadefHandler('object', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const request = parseObjectBody(call, true);
    const name = call.params.namespace_name;
    const object = cloud.metadefs.addObject(caller, name, request);
    return created(presentWrittenObject(object, request, cloud.metadefs.namespace(caller, name)));
  }),

  deleteMetadefObjects: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    failOnBody(call);
    cloud.metadefs.removeParts(caller, 'object', call.params.namespace_name);
    return emptyReply(204);
  }),

  showMetadefObject: metadefHandler('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    rejectBody(call);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    return ok(presentObject(cloud.metadefs.part('object', namespace, call.params.object_name), namespace));
  }),

  updateMetadefObject: metadefHandler('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    const request = parseObjectBody(call, false);
    const name = call.params.namespace_name;
    const change = cloud.metadefs.updateObject(caller, { namespace: name, name: call.params.object_name }, request);
    return ok(presentWrittenObject(withFormerTime(change), request, cloud.metadefs.namespace(caller, name)));
  }),

  deleteMetadefObject: metadefHandler('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    rejectBody(call);
    const { namespace_name: namespace, object_name: object } = call.params;
    cloud.metadefs.removePart(caller, 'object', { namespace, name: object });
    return emptyReply(204);
  }),
};

/** Handlers of the tags of a namespace. */
export const tagHandlers = {
  listMetadefTags: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const query = queryOf(call);
    checkListQuery(query);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    // The service looks for the marker, and fails on an unknown sort key, only when it reads the tags.
    const marker = query.get('marker') ?? '';
    if (marker !== '') cloud.metadefs.part('tag', namespace, marker);
    return ok({
      tags: cloud.metadefs.tags(namespace, parseTagQuery(query)).map(({ name }) => presentTagName(name)),
    });
  }),

  createMetadefTags: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const { namespace_name: name } = call.params;
    const tags = parseTags(call);
    if (tags === undefined) {
      // The service fails on it when it creates them.
      cloud.metadefs.assertCanAddTags(caller, name);
      throw serverError();
    }
    cloud.metadefs.addTags(caller, name, { tags, isAppending: isAppending(call) });
    return created({ tags: tags.map(presentTagName) });
  }),

  deleteMetadefTags: metadefHandler('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    failOnBody(call);
    cloud.metadefs.removeParts(caller, 'tag', call.params.namespace_name);
    return emptyReply(204);
  }),

  showMetadefTag: metadefHandler('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    rejectBody(call);
    const namespace = cloud.metadefs.namespace(caller, call.params.namespace_name);
    return ok(presentTag(cloud.metadefs.part('tag', namespace, call.params.tag_name)));
  }),

  createMetadefTag: metadefHandler('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    rejectBody(call);
    const tag = checkTagName(call.params.tag_name);
    return created(presentTag(cloud.metadefs.addTag(caller, call.params.namespace_name, tag)));
  }),

  updateMetadefTag: metadefHandler('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    const request = parseTagName(call);
    const { namespace_name: namespace, tag_name: tag } = call.params;
    return ok(presentTag(withFormerTime(cloud.metadefs.renameTag(caller, { namespace, name: tag }, request))));
  }),

  deleteMetadefTag: metadefHandler('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    rejectBody(call);
    const { namespace_name: namespace, tag_name: tag } = call.params;
    cloud.metadefs.removePart(caller, 'tag', { namespace, name: tag });
    return emptyReply(204);
  }),
};
