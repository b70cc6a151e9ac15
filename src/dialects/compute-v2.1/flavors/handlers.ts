import { type Contract, type Handler, type Handlers, jsonReply, type Operation } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { nextAddress } from '../../nova/list-parameters.ts';
import { addressesOf } from '../protocol/addresses.ts';
import { fault } from '../protocol/errors.ts';
import { listParameters } from '../protocol/list-parameters.ts';
import { okReply, typeHeader } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { flavorOperations } from './contract.ts';
import { publicFlavor, specNotFound } from './errors.ts';
import { withFlavor } from './find-flavor.ts';
import { parseFlavorList } from './parse.ts';
import { presentAccess, presentFlavor, presentFlavorPage } from './present.ts';

interface FlavorsContract extends Contract {
  readonly operations: typeof flavorOperations;
}

const list = (operation: Operation, isDetail: boolean): Handler<Context> =>
  withPreconditions(operation, (call, { cloud, caller }) => {
    const parameters = listParameters(call);
    const request = parseFlavorList(call, parameters, caller);
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
  showFlavor: withFlavor(flavorOperations.showFlavor, (flavor, call) =>
    okReply(call, { flavor: presentFlavor(flavor, addressesOf(call), minorOf(call)) }),
  ),
  listFlavorExtraSpecs: withFlavor(flavorOperations.listFlavorExtraSpecs, ({ extraSpecs }, call) =>
    okReply(call, { extra_specs: extraSpecs }),
  ),
  showFlavorExtraSpec: withFlavor(flavorOperations.showFlavorExtraSpec, ({ id, extraSpecs }, call) => {
    const { key = '' } = call.params;
    return Object.hasOwn(extraSpecs, key) ? okReply(call, { [key]: extraSpecs[key] }) : specNotFound(id, key);
  }),
  listFlavorAccess: withFlavor(flavorOperations.listFlavorAccess, (flavor, call) =>
    flavor.isPublic ? publicFlavor() : okReply(call, presentAccess(flavor)),
  ),
};
