import {
  type Call,
  type Contract,
  type Handler,
  type Handlers,
  jsonReply,
  type Operation,
  type Reply,
} from '../../../contract/contract.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { listParameters } from '../protocol/list-parameters.ts';
import { typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { flavorOperations } from './contract.ts';
import { parseFlavorList } from './parse.ts';
import { presentAccess, presentFlavor, presentFlavorPage } from './present.ts';

interface FlavorsContract extends Contract {
  readonly operations: typeof flavorOperations;
}

/** A handler of one flavor, which returns 404 for one that the caller may not use. */
const withFlavor = (
  operation: Operation,
  handle: (flavor: OfferedFlavor, call: Call) => Reply | object,
): Handler<Context, 'flavor_id'> =>
  withPreconditions(operation, (call, { cloud, caller }) => {
    const { flavor_id: id } = call.params;
    const flavor = cloud.flavors.find(caller, id);
    // Nova quotes the bytes of the path one by one.
    if (flavor === undefined) return fault(404, `Flavor ${Buffer.from(id).toString('latin1')} could not be found.`);
    const found = handle(flavor, call);
    return 'status' in found ? (found as Reply) : jsonReply(200, found, typeHeader(call));
  });

const list = (operation: Operation, isDetail: boolean): Handler<Context> =>
  withPreconditions(operation, (call, { cloud, caller }) => {
    const parameters = listParameters(call);
    const request = parseFlavorList(parameters, caller, minorOf(call));
    if (typeof request === 'string') return fault(400, request);
    const { marker, limit } = request;
    const sorted = [...cloud.flavors.all()].sort(request.compare);
    const isKnown = marker === undefined || cloud.flavors.find(caller, marker) !== undefined;
    if (!isKnown) return fault(400, `marker [${marker}] not found`);
    const start = marker === undefined ? 0 : sorted.findIndex(({ id }) => id === marker) + 1;
    const flavors = sorted.slice(start).filter(request.matches).slice(0, limit);
    const at = addressesOf(call);
    const last = flavors.at(-1);
    // A full page has a link to the next one, even if nothing follows.
    const isFull = last !== undefined && flavors.length === limit;
    const next = isFull
      ? nextAddress(`${at.self}/flavors${isDetail ? '/detail' : ''}`, parameters, last.id)
      : undefined;
    return jsonReply(200, presentFlavorPage({ flavors, isDetail, next }, at, minorOf(call)), typeHeader(call));
  });

/** Handlers of flavors. */
export const flavorHandlers: Handlers<FlavorsContract, Context> = {
  listFlavors: list(flavorOperations.listFlavors, false),
  listFlavorsDetail: list(flavorOperations.listFlavorsDetail, true),
  showFlavor: withFlavor(flavorOperations.showFlavor, (flavor, call) => ({
    flavor: presentFlavor(flavor, addressesOf(call), minorOf(call)),
  })),
  listFlavorExtraSpecs: withFlavor(flavorOperations.listFlavorExtraSpecs, ({ extraSpecs }) => ({
    extra_specs: extraSpecs,
  })),
  showFlavorExtraSpec: withFlavor(
    flavorOperations.showFlavorExtraSpec,
    ({ id, extraSpecs }, { params: { key = '' } }) =>
      Object.hasOwn(extraSpecs, key)
        ? { [key]: extraSpecs[key] }
        : fault(404, `Flavor ${id} has no extra specs with key ${key}.`),
  ),
  listFlavorAccess: withFlavor(flavorOperations.listFlavorAccess, (flavor) =>
    flavor.access === null ? fault(404, 'Access list not available for public flavors.') : presentAccess(flavor),
  ),
};
