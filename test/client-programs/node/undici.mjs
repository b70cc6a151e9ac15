// undici, an HTTP client that knows none of the APIs: the control. The requests are written out here, and there are no retries.
import { given, main } from './program.mjs';
import { COMMON, IMS, OPENSTACK, RACKSPACE } from './undici-images.mjs';
import { logIn } from './undici-login.mjs';
import { SERVERS } from './undici-servers.mjs';

const authenticate = () => logIn(given('API'));

await main({
  identity: { authenticate: () => logIn('image-v2') },
  'image-v2': { authenticate, ...COMMON, ...OPENSTACK },
  'compute-v2.1': { authenticate, ...SERVERS },
  'rackspace-images': { authenticate, ...COMMON, ...RACKSPACE },
  'rackspace-servers': { authenticate, ...SERVERS },
  ims: { authenticate, ...COMMON, ...IMS },
});
