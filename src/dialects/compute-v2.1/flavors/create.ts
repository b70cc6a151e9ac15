import { exactMember } from '../../../base/exact-numbers.ts';
import { type Call, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Context } from '../../dialect.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { isTrue } from '../../nova/booleans.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { flavorIdTaken, flavorNameTaken } from './errors.ts';
import { presentFlavor } from './present.ts';

/** The body of a request, which its schema has checked. Numbers and truth values can be texts. */
interface NewFlavor {
  readonly name: string;
  readonly id?: string | number | null;
  readonly ram: string | number;
  readonly vcpus: string | number;
  readonly disk: string | number;
  readonly 'OS-FLV-EXT-DATA:ephemeral'?: string | number;
  readonly swap?: string | number;
  readonly rxtx_factor?: string | number;
  readonly 'os-flavor-access:is_public'?: string | boolean;
  readonly description?: string | null;
}

/** Creates a flavor. */
export function createFlavor(call: Call, { cloud }: Context): Reply {
  const request = (call.json as { readonly flavor: NewFlavor }).flavor;
  const name = request.name.trim();
  const { id: given } = request;
  const id =
    typeof given === 'number' ? pythonRepr(exactMember(request, 'id')) : (given ?? cloud.ids.next('flavor', name));
  if (cloud.flavors.hasName(name)) return flavorNameTaken(name);
  if (cloud.flavors.peek(id) !== undefined) return flavorIdTaken(id);
  const flavor = cloud.flavors.add({ id, name, ...attributesOf(request) });
  const body = { flavor: presentFlavor(flavor, addressesOf(call), minorOf(call)) };
  return jsonReply(200, body, typeHeader(call));
}

const attributesOf = (request: NewFlavor): Omit<OfferedFlavor, 'id' | 'name' | 'number'> => ({
  ramMebibytes: Number(request.ram),
  vcpus: Number(request.vcpus),
  diskGibibytes: Number(request.disk),
  ephemeralGibibytes: Number(request['OS-FLV-EXT-DATA:ephemeral'] ?? 0),
  swapMebibytes: Number(request.swap ?? 0),
  rxtxFactor: Number(request.rxtx_factor ?? 1),
  isDisabled: false,
  isPublic: isTrue(String(request['os-flavor-access:is_public'] ?? true)),
  access: [],
  description: request.description ?? null,
  extraSpecs: {},
});
