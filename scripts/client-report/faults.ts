/** A fault of a client that the report found, and that was checked against what the real service does. */
export interface ClientFault {
  /** Name of the client. */
  readonly client: string;
  /** What happens, in one sentence. */
  readonly title: string;
  /** What was observed, and how it was checked. */
  readonly observed: string;
  /** Cases of the suite that show it. */
  readonly cases: readonly string[];
  /** Three lines of a shell: arms the fault, runs the client, shows what happened. */
  readonly reproduction: readonly [arm: string, run: string, see: string];
}

/** The line that arms a fault for the next request. */
const arm = (operation: string, fault: string): string =>
  `curl -so /dev/null localhost:9292/__admin/faults --json '{"match": {"operation": "${operation}"}, "undocumented": true, "calls": {"to": 1}, "fault": ${fault}}'`;

const python = (code: string): string => `/usr/bin/python3 -c "import openstack; c = openstack.connect(); ${code}"`;

/** A private image of the default fixtures. */
const IMAGE = '15e2494f-d5da-458e-a338-af6ce04d2200';

/** Has lists return three images on a page, as Glance has 25. */
const LIST_OF_THREE = `curl -so /dev/null -X PUT localhost:9292/__admin/configuration --json '{"limits": {"listDefault": 3}}'`;

/** A server of the default fixtures. */
const SERVER = 'f879f81a-5455-4e57-a0aa-3773e21c2259';

const OPENSTACK =
  "{ provider: 'openstack', authUrl: e.OS_AUTH_URL.replace('/v3', ''), keystoneAuthVersion: 'v3', username: e.OS_USERNAME, password: e.OS_PASSWORD, region: e.OS_REGION_NAME, domainName: 'Default', tenantName: 'demo', projectDomainName: 'Default' }";

const RACKSPACE =
  "{ provider: 'rackspace', authUrl: e.RS_AUTH_URL.replace('/v2.0', ''), username: e.RS_USERNAME, apiKey: e.RS_API_KEY, region: e.RS_REGION_NAME }";

/** The faults, by client. */
export const FAULTS: readonly ClientFault[] = [
  {
    client: 'openstacksdk',
    title:
      'an upload that is repeated goes on where the file was, and the image becomes active without its beginning, or empty',
    observed:
      'When the connection of an upload is reset, the session sends the request again with the same open file, from where the first one had read it. Of a small file nothing is left, and the service stores 0 bytes; of a larger one it stores the rest. The image becomes active, and create_image reports success. The `openstack image create --file` command does the same. A 503 to an upload is repeated in the same way. Glance 25.1 behind a proxy that resets the first upload ends with an active image of 0 bytes.',
    cases: [
      'image-v2.upload.new-upload-reset-once',
      'image-v2.upload.reset-in-body',
      'image-v2.upload.upload-503-seconds',
    ],
    reproduction: [
      arm('image-v2.uploadImageData', '{"cut": "reset"}'),
      `seq 9999 > data; ${python("print(c.create_image('one', filename='data', wait=True).status)")}`,
      'md5sum data; wc -c data; openstack image show one -c status -c size -c checksum',
    ],
  },
  {
    client: 'openstacksdk',
    title: 'Image.upload raises nothing when the upload is refused',
    observed:
      'Image.upload returns the response of the service whatever its status is, where the other methods, such as Image.stage, raise an exception. A caller that does not look at the returned response takes a 413 for success. create_image looks at it. With Glance 25.1, a second upload to an image gets 409 and raises nothing.',
    cases: ['image-v2.upload.upload-413', 'image-v2.upload.upload-429-seconds'],
    reproduction: [
      arm('image-v2.uploadImageData', '{"answer": 413}'),
      python(
        "i = c.image.create_image('two', disk_format='raw', container_format='bare'); i.data = b'data'; print(i.upload(c.image))",
      ),
      'openstack image show two -c status',
    ],
  },
  {
    client: 'openstacksdk',
    title: 'a response that breaks off is taken for an image without an id',
    observed:
      'When the body of the response to createImage is no valid JSON, create_image returns an image whose id and status are None, and raises nothing. The image exists in the service, and the caller does not know its id.',
    cases: ['image-v2.retry.create-half-json'],
    reproduction: [
      arm('image-v2.createImage', '{"corrupt": "json"}'),
      python("i = c.image.create_image('three', disk_format='raw', container_format='bare'); print(i.id, i.status)"),
      'openstack image list --name three',
    ],
  },
  {
    client: 'openstacksdk',
    title: 'the creation of an image is repeated when its response is lost, and there are two',
    observed:
      'When the image has been created and the connection is reset, or a 503 comes instead of the response, the session sends the POST again without looking for the image.',
    cases: ['image-v2.retry.create-lost-reset', 'image-v2.retry.create-lost-503'],
    reproduction: [
      'npx sideglance scenarios enable lost-create-reset',
      python("print(c.image.create_image('four', disk_format='raw', container_format='bare').id)"),
      'openstack image list --name four',
    ],
  },
  {
    client: 'openstacksdk',
    title: 'download_image writes the body of an error response as the data of the image',
    observed:
      'download_image with output writes what the service returned, whatever its status is, and raises "InvalidResponse" afterwards, because the digest differs. The file then holds the error page. With `openstack image save --file` it is the same. With Glance 25.1, the file of a deactivated image holds the page of the 403.',
    cases: ['image-v2.download.download-500-always', 'image-v2.download.download-404-always'],
    reproduction: [
      arm('image-v2.downloadImageData', '{"answer": 500}'),
      `openstack image save --file saved ${IMAGE}`,
      'cat saved',
    ],
  },
  {
    client: 'openstackclient',
    title: '`openstack image set --deactivate` exits with 0 when the service refuses it',
    observed:
      'openstacksdk does not look at the response of the actions deactivate and reactivate, and the command exits with 0 after a 403. Glance 25.1 gives the same result for a public image of somebody else; no fault is needed.',
    cases: ['image-v2.metadata.deactivate-403'],
    reproduction: [
      'PUBLIC=$(openstack image list --public -f value -c ID | head -n 1)',
      'openstack image set --deactivate "$PUBLIC"; echo "exit code $?"',
      'curl -s "localhost:9292/__admin/requests?operation=image-v2.deactivateImage" | grep -o \'"status":[0-9]*\'; openstack image show "$PUBLIC" -c status',
    ],
  },
  {
    client: 'novaclient',
    title: 'glance.list returns the first page only',
    observed:
      'nova.glance.list() sends one request and ignores the link to the next page. Glance puts 25 images on a page by default: of 28 images of a project on Glance 25.1, it returned 25.',
    cases: ['image-v2.paging.follow-next', 'image-v2.paging.follow-many'],
    reproduction: [
      LIST_OF_THREE,
      `/usr/bin/python3 -c "from os import environ as e; from keystoneauth1 import session; from keystoneauth1.identity import v3; from novaclient import client; print(len(client.Client('2.1', session=session.Session(auth=v3.Password(auth_url=e['OS_AUTH_URL'], username=e['OS_USERNAME'], password=e['OS_PASSWORD'], user_domain_name='Default', project_name=e['OS_PROJECT_NAME'], project_domain_name='Default'))).glance.list()))"`,
      'openstack image list -f value | wc -l',
    ],
  },
  {
    client: 'fog-openstack',
    title: 'images.all returns the first page only',
    observed:
      'Fog::OpenStack::Image#images.all sends one request and ignores the link to the next page. Glance puts 25 images on a page by default: of 28 images of a project on Glance 25.1, it returned 25.',
    cases: ['image-v2.paging.follow-next', 'image-v2.paging.follow-many'],
    reproduction: [
      LIST_OF_THREE,
      `ruby -e "require 'fog/openstack'; e = ENV; puts Fog::OpenStack::Image.new(openstack_auth_url: e['OS_AUTH_URL'].sub('/v3', ''), openstack_username: e['OS_USERNAME'], openstack_api_key: e['OS_PASSWORD'], openstack_project_name: e['OS_PROJECT_NAME'], openstack_domain_id: 'default').images.all.size"`,
      'openstack image list -f value | wc -l',
    ],
  },
  {
    client: 'fog-rackspace',
    title: 'destroy of an image returns as usual when the connection is reset',
    observed:
      'When the connection of a delete is reset, Fog::Compute::RackspaceV2::Image#destroy returns nil and raises nothing, and the image is still there. A status such as 503 raises an exception.',
    cases: ['rackspace-servers.retry.delete-reset-before'],
    reproduction: [
      arm('rackspace-servers.deleteImage', '{"cut": "reset"}'),
      `ruby -e "require 'fog/rackspace'; e = ENV; p Fog::Compute.new(provider: 'Rackspace', version: :v2, rackspace_username: e['RS_USERNAME'], rackspace_api_key: e['RS_API_KEY'], rackspace_auth_url: e['RS_AUTH_URL'], rackspace_region: :dfw).images.get('${IMAGE}').destroy"`,
      `openstack image show ${IMAGE} -c status`,
    ],
  },
  {
    client: 'pkgcloud',
    title: 'destroyImage and updateImageMeta report success for a 504',
    observed:
      'pkgcloud treats the statuses 400, 401, 403, 404, 409, 413, 415, 422, 500 and 503 as errors, and every other one as success, so a 405, 429, 502 or 504 reaches the caller as `{ ok: <id> }`.',
    cases: [
      'compute-v2.1.retry.delete-lost-504',
      'compute-v2.1.retry.update-lost-504',
      'rackspace-servers.retry.update-lost-504',
    ],
    reproduction: [
      arm('rackspace-servers.deleteImage', '{"answer": 504}'),
      `node -e "const e = process.env; require('pkgcloud').compute.createClient(${RACKSPACE}).destroyImage('${IMAGE}', console.log)"`,
      `openstack image show ${IMAGE} -c status`,
    ],
  },
  {
    client: 'pkgcloud',
    title: 'createImage of Compute fails although the image is created',
    observed:
      'createImage asks for the new image at the address in Location. Nova 26 names an address of the image service without a version there, where Glance returns its versions, and createImage calls back with "Unexpected empty response". No fault is needed.',
    cases: ['compute-v2.1.snapshots.snapshot-takes-time'],
    reproduction: [
      'npm install pkgcloud@2.2.0',
      `node -e "const e = process.env; require('pkgcloud').compute.createClient(${OPENSTACK}).createImage({ server: '${SERVER}', name: 'five' }, console.log)"`,
      'openstack image list --name five',
    ],
  },
];
