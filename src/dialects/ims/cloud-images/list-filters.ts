import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Image } from '../../../domain/image.ts';
import type { ImageFilter, TakeFilter } from '../images/parse.ts';
import { ImsError } from '../wire.ts';

const ARCHITECTURES = ['x86', 'arm'];

const isArm = ({ properties }: Image): boolean =>
  properties['__support_arm'] === 'true' || /^(?:aarch64|arm)/.test(properties['architecture'] ?? '');

/**
 * Returns the parameters of the lists of IMS that are no attributes of images.
 * @returns a function that gives the filter of a parameter; `undefined` for all other parameters.
 */
export const ownFilters =
  (cloud: Cloud): TakeFilter =>
  (name, value) => {
    switch (name) {
      case 'enterprise_project_id':
        return enterpriseProject(value);
      case 'architecture':
        return architecture(value);
      case 'flavor_id':
        return flavor(cloud, value);
      default:
        return undefined;
    }
  };

/** The default enterprise project, which images without one belong to, all of them, or one by its id. */
function enterpriseProject(value: string): ImageFilter {
  if (value === 'all_granted_eps') return () => true;
  if (value === '0') return ({ properties }) => ['', '0'].includes(properties['enterprise_project_id'] ?? '0');
  if (!isUuid(value)) throw new ImsError('IMG.0155');
  return ({ properties }) => properties['enterprise_project_id'] === value;
}

function architecture(value: string): ImageFilter {
  if (!ARCHITECTURES.includes(value)) {
    throw new ImsError('IMG.0017', `architecture must be one of ${ARCHITECTURES.join(', ')}.`);
  }
  return (image) => isArm(image) === (value === 'arm');
}

/** The public images that a server of this flavor can run; none for an unknown flavor. */
function flavor({ flavors }: Cloud, id: string): ImageFilter {
  const found = flavors.peek(id);
  return ({ visibility, minRam }) => found !== undefined && visibility === 'public' && minRam <= found.ramMebibytes;
}
