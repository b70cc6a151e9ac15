import { applyImageEffect } from '../../domain/images/image-effects.ts';
import type { Effect } from '../../domain/tasks/task.ts';
import type { PartContext } from './part.ts';

/** Applies an effect of a task to the part that it changes. */
export function applyEffect({ parts, clock }: PartContext, effect: Effect): void {
  switch (effect.kind) {
    case 'cache':
      parts.cache.put(effect.imageId);
      break;
    case 'server':
      parts.servers.setState(effect.serverId, effect);
      break;
    case 'put-object':
      parts.objects.put(effect.object);
      break;
    case 'put-backup':
      parts.volumes.putBackup(effect.backup);
      break;
    default:
      applyImageEffect(parts.imageStore, effect, clock.now());
  }
}
