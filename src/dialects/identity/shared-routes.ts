import type { Operation } from '../../contract/contract.ts';
import { PathTree } from '../../contract/path.ts';
import { contract } from './contract.ts';
import { pathOf, type Resource } from './records/resource.ts';
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

/** All paths of Keystone, with what identifies an operation. */
const routes = new PathTree<string>((segment) => segment);
for (const [id, { mount = contract.mount, method, path }] of Object.entries<Operation>(contract.operations)) {
  if (mount === contract.mount) routes.add(method, path, id);
}

/** Whether Keystone has a method at a path. */
export function isRouted(method: string, path: string): boolean {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  const wanted = method === 'HEAD' ? 'GET' : method;
  return (sharedMethods(trimmed) ?? [...routes.at(trimmed).keys()]).includes(wanted);
}

const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** Protocols have two routes: the collection has no method that changes it. */
const hasSharedRoute = ({ kind }: Resource): boolean => kind !== 'protocol';

const RESOURCE_ROUTES: readonly SharedRoute[] = RESOURCES.filter(hasSharedRoute).map((resource) => {
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
