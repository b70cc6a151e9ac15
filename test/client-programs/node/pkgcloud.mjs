// pkgcloud, with its defaults: provider openstack for Compute, provider rackspace for Cloud Servers.
import { given, load, main, propertyGiven, secondsGiven, writeLines } from './program.mjs';

const pkgcloud = load('pkgcloud');
const { env } = process;

const SETTINGS = {
  openstack: {
    provider: 'openstack',
    authUrl: env.OS_AUTH_URL.replace(/\/v3$/, ''),
    keystoneAuthVersion: 'v3',
    username: env.OS_USERNAME,
    password: env.OS_PASSWORD,
    region: env.OS_REGION_NAME,
    domainName: env.OS_USER_DOMAIN_NAME,
    tenantName: env.OS_PROJECT_NAME,
    projectDomainName: env.OS_PROJECT_DOMAIN_NAME,
  },
  rackspace: {
    provider: 'rackspace',
    authUrl: env.RS_AUTH_URL.replace(/\/v2\.0$/, ''),
    username: env.RS_USERNAME,
    apiKey: env.RS_API_KEY,
    region: env.RS_REGION_NAME,
  },
};

const POLL_MILLISECONDS = 1000;

/** Returns the tasks of a provider. */
function tasksOf(provider) {
  const client = pkgcloud.compute.createClient(SETTINGS[provider]);
  const ask = (name, ...parameters) =>
    new Promise((resolve, reject) => {
      client[name](...parameters, (error, result) => (error ? reject(error) : resolve(result)));
    });
  return {
    authenticate: () => ask('auth'),
    'list-images': async () => writeLines((await ask('getImages')).map(({ id }) => id)),
    'show-image': async () => writeLines([(await ask('getImage', given('IMAGE_ID'))).id]),
    'update-image': () => ask('updateImageMeta', given('IMAGE_ID'), Object.fromEntries([propertyGiven()])),
    'delete-image': () => ask('destroyImage', given('IMAGE_ID')),
    'wait-for-active': async () => becomesActive(await ask('getImage', given('IMAGE_ID'))),
    'create-snapshot': async () => {
      const image = await ask('createImage', { server: given('SERVER_ID'), name: given('IMAGE_NAME') });
      await becomesActive(image);
      writeLines([image.id]);
    },
  };
}

const becomesActive = (image) =>
  new Promise((resolve, reject) => {
    const limit = secondsGiven() * 1000;
    image.setWait({ status: 'ACTIVE' }, POLL_MILLISECONDS, limit, (error, result) => {
      if (error) reject(error);
      else if (result?.status !== 'ACTIVE') reject(new Error(`the image is ${result?.status}`));
      else resolve();
    });
  });

await main({
  'compute-v2.1': tasksOf('openstack'),
  'rackspace-servers': tasksOf('rackspace'),
});
