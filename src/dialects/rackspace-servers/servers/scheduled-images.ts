import type { ScheduleConventions } from '../../../domain/servers/snapshot-conventions.ts';

const MARK = { 'org.openstack__1__created-by': 'scheduled-images-service' } as const;

/** What Rackspace writes into the images that it creates on schedule. */
export const SCHEDULED_IMAGES: ScheduleConventions = {
  api: 'rackspace-servers',
  taskType: 'scheduled-image',
  action: 'createImage',
  properties: MARK,
  imageName: ({ name }, dayOfWeek, dueAt) =>
    `${dayOfWeek === undefined ? 'daily' : 'weekly'}-${name.slice(0, 230)}-${dueAt / 1000}`,
  propertiesOf: ({ id }) => ({ ...MARK, instance_uuid: id }),
};
