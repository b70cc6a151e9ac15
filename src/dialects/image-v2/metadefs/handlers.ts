import type { Call, Handler, Handlers, Reply } from '../../../contract/contract.ts';
import type { Namespace } from '../../../domain/metadefs/metadef.ts';
import type { Metadefs } from '../../../domain/metadefs/metadefs.ts';
import { MetadefError } from '../../../domain/metadefs/problem.ts';
import type { Context } from '../../dialect.ts';
import { FAILED, GlanceRefusal } from '../../shared/glance-errors.ts';
import { tagOf } from '../../shared/glance-sharing.ts';
import { emptyReply, JSON_TYPE, refuseBody, refuseUnreadable, textReply, worded } from '../../shared/glance-wire.ts';
import { pageLinks } from '../../shared/paging.ts';
import { pythonJson } from '../../shared/python-json.ts';
import type { metadefOperations } from './contract.ts';
import {
  checkListQuery,
  checkTagName,
  isAppending,
  parseNamespace,
  parseNamespaceQuery,
  parseNewAssociation,
  parseObjectBody,
  parseProperty,
  parseTagName,
  parseTagQuery,
  parseTags,
  resourceTypeOf,
} from './parse.ts';
import {
  jsonText,
  presentAssociation,
  presentAssociations,
  presentGivenParts,
  presentNamespace,
  presentObject,
  presentProperties,
  presentProperty,
  presentTag,
  presentTagName,
  presentType,
  presentWritten,
} from './present.ts';
import { refusalOf, type Subject } from './problems.ts';
import { METADEF_DOCUMENTS, type MetadefSchemaName } from './schemas.ts';

interface MetadefContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof metadefOperations;
}

/** A handler whose refusals, those of the catalogue too, are worded as the request's Accept prefers. */
const about = <Param extends string>(
  subject: Subject,
  handler: (call: Call<Param>, context: Context) => Reply,
): Handler<Context, Param> =>
  worded((call, context) => {
    refuseUnreadable(call.search);
    try {
      return handler(call, context);
    } catch (error) {
      throw error instanceof MetadefError ? refusalOf(error.problem, subject) : error;
    }
  });

/** What a path names: its bytes are taken one by one, so a letter outside ASCII becomes several. */
const nameOf = tagOf;

const ok = (value: unknown): Reply => textReply(200, jsonText(value));
const created = (value: unknown): Reply => textReply(201, jsonText(value));

/** @throws GlanceRefusal 500 for a body, which some removals cannot cope with. */
function stumbleOverBody(call: Call): void {
  if (call.body !== undefined) throw new GlanceRefusal(500, FAILED);
}

/** A header holds Latin-1; the service itself breaks the connection over anything else. */
const inHeader = (text: string): string =>
  text.replace(/[^\x20-\x7e\xa0-\xff]/gu, (character) =>
    character.length === 1 && /[\ud800-\udfff]/.test(character) ? '?' : encodeURIComponent(character),
  );

const presentWhole = (metadefs: Metadefs, namespace: Namespace, type: string | undefined) => {
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

/** What was changed, with the time at which it was changed before: the service answers too early to know better. */
const asAnswered = <T extends { readonly updatedAt: number }>({ before, after }: { before: T; after: T }): T => ({
  ...after,
  updatedAt: before.updatedAt,
});

const namespaceHandlers = {
  listMetadefNamespaces: about('namespace', (call, { cloud, caller }) => {
    const query = parseNamespaceQuery(call.query, cloud.limits);
    const namespaces = cloud.metadefs.list(caller, query);
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

  createMetadefNamespace: about('namespace', (call, { cloud, caller }) => {
    const wish = parseNamespace(call);
    const namespace = cloud.metadefs.create(caller, wish);
    return {
      status: 201,
      headers: { ...JSON_TYPE, Location: `${call.base}/v2/metadefs/namespaces/${inHeader(namespace.name)}` },
      // Together with a text, Node would write the headers in UTF-8 too.
      body: Buffer.from(jsonText(presentNamespace(namespace, presentGivenParts(wish)))),
    };
  }),

  showMetadefNamespace: about('namespace', (call: Call<'namespace_name'>, { cloud, caller }) => {
    refuseBody(call);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok(presentWhole(cloud.metadefs, namespace, resourceTypeOf(call.query)));
  }),

  updateMetadefNamespace: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const wish = parseNamespace(call);
    const change = cloud.metadefs.update(caller, nameOf(call.params.namespace_name), wish);
    return ok(presentNamespace(asAnswered(change)));
  }),

  deleteMetadefNamespace: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    refuseBody(call);
    cloud.metadefs.remove(caller, nameOf(call.params.namespace_name));
    return emptyReply(204);
  }),

  listMetadefResourceTypes: about('other', (call, { cloud }) => {
    refuseBody(call);
    return ok({ resource_types: cloud.metadefs.types().map(presentType) });
  }),

  listMetadefAssociations: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    refuseBody(call);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok({ resource_type_associations: cloud.metadefs.associations(namespace).map(presentAssociation) });
  }),

  createMetadefAssociation: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const wish = parseNewAssociation(call);
    return created(presentAssociation(cloud.metadefs.associate(caller, nameOf(call.params.namespace_name), wish)));
  }),

  deleteMetadefAssociation: about('other', (call: Call<'namespace_name' | 'resource_type_name'>, { cloud, caller }) => {
    refuseBody(call);
    const { namespace_name: namespace, resource_type_name: type } = call.params;
    cloud.metadefs.removePart(caller, 'association', nameOf(namespace), nameOf(type));
    return emptyReply(204);
  }),
};

const propertyHandlers = {
  listMetadefProperties: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    refuseBody(call);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok({ properties: presentProperties(cloud.metadefs.properties(namespace)) });
  }),

  createMetadefProperty: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const wish = parseProperty(call);
    return created(presentProperty(cloud.metadefs.addProperty(caller, nameOf(call.params.namespace_name), wish)));
  }),

  deleteMetadefProperties: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    stumbleOverBody(call);
    cloud.metadefs.removeParts(caller, 'property', nameOf(call.params.namespace_name));
    return emptyReply(204);
  }),

  showMetadefProperty: about('other', (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    const type = resourceTypeOf(call.query);
    return ok(presentProperty(cloud.metadefs.property(namespace, nameOf(call.params.property_name), type)));
  }),

  updateMetadefProperty: about('other', (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
    const wish = parseProperty(call);
    const { namespace_name: namespace, property_name: property } = call.params;
    return ok(presentProperty(cloud.metadefs.updateProperty(caller, nameOf(namespace), nameOf(property), wish).after));
  }),

  deleteMetadefProperty: about('other', (call: Call<'namespace_name' | 'property_name'>, { cloud, caller }) => {
    stumbleOverBody(call);
    const { namespace_name: namespace, property_name: property } = call.params;
    cloud.metadefs.removePart(caller, 'property', nameOf(namespace), nameOf(property));
    return emptyReply(204);
  }),
};

const objectHandlers = {
  listMetadefObjects: about('object', (call: Call<'namespace_name'>, { cloud, caller }) => {
    // Looked at, and then not heeded.
    checkListQuery(call.query);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    const objects = cloud.metadefs.objects(namespace).map((object) => presentObject(object, namespace));
    return ok({ objects, schema: 'v2/schemas/metadefs/objects' });
  }),

  createMetadefObject: about('object', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const wish = parseObjectBody(call, true);
    const name = nameOf(call.params.namespace_name);
    const object = cloud.metadefs.addObject(caller, name, wish);
    return created(presentWritten(object, wish, cloud.metadefs.namespace(caller, name)));
  }),

  deleteMetadefObjects: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    stumbleOverBody(call);
    cloud.metadefs.removeParts(caller, 'object', nameOf(call.params.namespace_name));
    return emptyReply(204);
  }),

  showMetadefObject: about('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    refuseBody(call);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok(presentObject(cloud.metadefs.part('object', namespace, nameOf(call.params.object_name)), namespace));
  }),

  updateMetadefObject: about('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    const wish = parseObjectBody(call, false);
    const name = nameOf(call.params.namespace_name);
    const change = cloud.metadefs.updateObject(caller, name, nameOf(call.params.object_name), wish);
    return ok(presentWritten(asAnswered(change), wish, cloud.metadefs.namespace(caller, name)));
  }),

  deleteMetadefObject: about('object', (call: Call<'namespace_name' | 'object_name'>, { cloud, caller }) => {
    refuseBody(call);
    const { namespace_name: namespace, object_name: object } = call.params;
    cloud.metadefs.removePart(caller, 'object', nameOf(namespace), nameOf(object));
    return emptyReply(204);
  }),
};

const tagHandlers = {
  listMetadefTags: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const query = parseTagQuery(call.query);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok({ tags: cloud.metadefs.tags(namespace, query).map(({ name }) => presentTagName(name)) });
  }),

  createMetadefTags: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    const tags = parseTags(call);
    cloud.metadefs.addTags(caller, nameOf(call.params.namespace_name), tags, isAppending(call));
    return created({ tags: tags.map(presentTagName) });
  }),

  deleteMetadefTags: about('other', (call: Call<'namespace_name'>, { cloud, caller }) => {
    stumbleOverBody(call);
    cloud.metadefs.removeParts(caller, 'tag', nameOf(call.params.namespace_name));
    return emptyReply(204);
  }),

  showMetadefTag: about('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    refuseBody(call);
    const namespace = cloud.metadefs.namespace(caller, nameOf(call.params.namespace_name));
    return ok(presentTag(cloud.metadefs.part('tag', namespace, nameOf(call.params.tag_name))));
  }),

  createMetadefTag: about('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    refuseBody(call);
    const tag = checkTagName(nameOf(call.params.tag_name));
    return created(presentTag(cloud.metadefs.addTag(caller, nameOf(call.params.namespace_name), tag)));
  }),

  updateMetadefTag: about('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    const wish = parseTagName(call);
    const { namespace_name: namespace, tag_name: tag } = call.params;
    return ok(presentTag(asAnswered(cloud.metadefs.renameTag(caller, nameOf(namespace), nameOf(tag), wish))));
  }),

  deleteMetadefTag: about('other', (call: Call<'namespace_name' | 'tag_name'>, { cloud, caller }) => {
    refuseBody(call);
    const { namespace_name: namespace, tag_name: tag } = call.params;
    cloud.metadefs.removePart(caller, 'tag', nameOf(namespace), nameOf(tag));
    return emptyReply(204);
  }),
};

const texts = new Map<MetadefSchemaName, string>();

const showSchema = (name: MetadefSchemaName): Handler<Context> =>
  worded((call) => {
    refuseBody(call);
    let text = texts.get(name);
    if (text === undefined) {
      text = pythonJson(METADEF_DOCUMENTS[name]);
      texts.set(name, text);
    }
    return textReply(200, text);
  });

/** Handlers of the metadata definitions. */
export const metadefHandlers: Handlers<MetadefContract, Context> = {
  ...namespaceHandlers,
  ...propertyHandlers,
  ...objectHandlers,
  ...tagHandlers,
  showMetadefNamespaceSchema: showSchema('namespace'),
  showMetadefNamespacesSchema: showSchema('namespaces'),
  showMetadefAssociationSchema: showSchema('resource_type'),
  showMetadefAssociationsSchema: showSchema('resource_types'),
  showMetadefPropertySchema: showSchema('property'),
  showMetadefPropertiesSchema: showSchema('properties'),
  showMetadefObjectSchema: showSchema('object'),
  showMetadefObjectsSchema: showSchema('objects'),
  showMetadefTagSchema: showSchema('tag'),
  showMetadefTagsSchema: showSchema('tags'),
};
