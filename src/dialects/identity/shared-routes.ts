import { contract } from './contract.ts';
import { pathOf } from './records/resource.ts';
import { RESOURCES } from './resources.ts';

/** The paths of a resource, which share their methods: collection and item are one route to Keystone's framework. */
interface SharedRoute {
  readonly paths: readonly RegExp[];
  /** Upper case. */
  readonly methods: readonly string[];
}

/** Paths to which Keystone's framework adds a `GET` that fails. */
const FAILING_READS: readonly SharedRoute[] = [
  { paths: [/^\/v3\/OS-OAUTH1\/(request|access)_token$/], methods: ['GET', 'HEAD', 'POST'] },
  { paths: [/^\/v3\/auth\/OS-FEDERATION\/saml2(\/ecp)?$/], methods: ['GET', 'HEAD', 'POST'] },
  { paths: [/^\/v3\/OS-OAUTH1\/authorize\/[^/]+$/], methods: ['GET', 'HEAD', 'PUT'] },
];

const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const RESOURCE_ROUTES: readonly SharedRoute[] = RESOURCES.map((resource) => {
  const templates = [pathOf(resource, 'list'), pathOf(resource, 'show')];
  const operations = Object.values(contract.operations).filter(({ path }) => templates.includes(path));
  return {
    paths: templates.map(patternOf),
    methods: [...new Set(operations.map(({ method }) => method.toUpperCase()))],
  };
});

const SHARED_ROUTES: readonly SharedRoute[] = [...RESOURCE_ROUTES, ...FAILING_READS];

/**
 * Returns the methods that the collection and the items of a resource have together. Keystone accepts them at both paths, and fails
 * where the path has no such operation. So it does where its framework adds a `GET`. `undefined` for other paths.
 */
export const sharedMethods = (path: string): readonly string[] | undefined =>
  SHARED_ROUTES.find(({ paths }) => paths.some((pattern) => pattern.test(path)))?.methods;
