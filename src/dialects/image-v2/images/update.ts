import type { Context } from '../../dialect.ts';
import type { PatchForm, PatchStep } from '../../glance/image-patch/json-patch.ts';
import { applyPatch } from '../../glance/image-patch/patch.ts';
import { imageFormOf } from '../releases.ts';
import type { LocationPatch } from './location-patch.ts';
import { type LocationView, locationPatchOf, locationViewOf } from './location-view.ts';
import { patchRulesIn } from './patch-rules.ts';
import { imageText } from './present.ts';

/** A patch of an image. */
export interface ImagePatch {
  readonly imageId: string;
  readonly steps: readonly PatchStep[];
  readonly form: PatchForm;
}

/**
 * Applies a patch, and returns the JSON text of the image. Only steps that change locations have to be waited for.
 * @throws DomainError, GlanceError.
 */
export function updateImage(patch: ImagePatch, context: Context): string | Promise<string> {
  if (!patch.steps.some(({ name }) => name === 'locations')) return updatedText(patch, context);
  const locations = locationPatchOf(patch.steps, patch.imageId, context);
  return locations.then((prepared) => updatedText(patch, context, prepared));
}

function updatedText({ imageId, steps, form }: ImagePatch, context: Context, locations?: LocationPatch): string {
  const { cloud, caller } = context;
  const imageForm = imageFormOf(cloud);
  const image = cloud.images.change(caller, imageId, (current, permit) =>
    applyPatch(
      steps,
      { image: current, form, showsStores: current.data !== null, permit, locations },
      patchRulesIn(imageForm),
    ),
  );
  const view = locationViewOf(cloud);
  if (view === undefined || locations?.changed === undefined) return imageText(image, caller.isAdmin, imageForm, view);
  const { entries } = locations;
  const shown: LocationView = { ...view, entries };
  return imageText({ ...image, stores: entries.map(({ store }) => store) }, caller.isAdmin, imageForm, shown);
}
