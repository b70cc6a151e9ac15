"""Large files: uploads and downloads 1 GiB while the memory of the server is measured; 1 TiB by range."""
import hashlib
import os

import openstack
import requests
from glanceclient import client as glance_client
from keystoneauth1 import session
from keystoneauth1.identity import v3
from steps import ROOT, admin, end, step

SERVER = int(os.environ['SIDEGLANCE_PID'])
FOLDER = os.environ['CLIENTS_FOLDER']
GIB = 1024 ** 3
MIB = 1024 ** 2
SOURCE = os.path.join(FOLDER, 'whole.raw')
COPY = os.path.join(FOLDER, 'whole-copy.raw')

auth = v3.Password(auth_url=ROOT + '/identity/v3', username='demo', password='secret', user_domain_name='Default',
                   project_name='demo', project_domain_name='Default')
keystone = session.Session(auth=auth)
glance = glance_client.Client('2', session=keystone, region_name='RegionOne')
cloud = openstack.connection.Connection(session=keystone, region_name='RegionOne')


def memory(name):
    """Returns a memory figure of the server process in MiB: VmRSS is the current size, VmHWM the maximum."""
    with open('/proc/%d/status' % SERVER) as status:
        for line in status:
            if line.startswith(name + ':'):
                return int(line.split()[1]) / 1024
    raise AssertionError('no %s' % name)


def forget_peak():
    with open('/proc/%d/clear_refs' % SERVER, 'w') as references:
        references.write('5')


def digest(path):
    md5 = hashlib.md5()
    with open(path, 'rb') as file:
        for block in iter(lambda: file.read(MIB), b''):
            md5.update(block)
    return md5.hexdigest()


def make_source():
    md5 = hashlib.md5()
    with open(SOURCE, 'wb') as file:
        for number in range(GIB // MIB):
            block = (b'%08d' % number) * (MIB // 8)
            md5.update(block)
            file.write(block)
    return md5.hexdigest()


MD5 = make_source()
forget_peak()
BEFORE = memory('VmRSS')


@step('openstacksdk uploads 1 GiB and downloads it whole')
def sdk():
    image = cloud.create_image('whole-sdk', filename=SOURCE, disk_format='raw', container_format='bare', wait=True,
                               validate_checksum=False)
    shown = cloud.image.get_image(image.id)
    assert (shown.status, shown.size, shown.checksum) == ('active', GIB, MD5), (shown.status, shown.size)
    cloud.download_image(image.id, output_path=COPY)
    assert os.path.getsize(COPY) == GIB and digest(COPY) == MD5
    cloud.image.delete_image(image.id)


@step('glanceclient uploads 1 GiB and downloads it whole')
def glanceclient():
    image = glance.images.create(name='whole-glance', disk_format='raw', container_format='bare')
    with open(SOURCE, 'rb') as file:
        glance.images.upload(image.id, file)
    shown = glance.images.get(image.id)
    assert (shown.status, shown.size, shown.checksum) == ('active', GIB, MD5), shown
    size = 0
    md5 = hashlib.md5()
    for block in glance.images.data(image.id):
        size += len(block)
        md5.update(block)
    assert (size, md5.hexdigest()) == (GIB, MD5), size
    glance.images.delete(image.id)


@step('glanceclient stages 1 GiB and imports it')
def stage():
    image = glance.images.create(name='whole-staged', disk_format='raw', container_format='bare')
    with open(SOURCE, 'rb') as file:
        glance.images.stage(image.id, file)
    assert glance.images.get(image.id).status == 'uploading'
    glance.images.image_import(image.id, 'glance-direct')
    shown = glance.images.get(image.id)
    assert (shown.status, shown.size, shown.checksum) == ('active', GIB, MD5), shown
    glance.images.delete(image.id)


@step('a virtual image of 1 TiB returns the same first and last MiB each time')
def virtual():
    size = 1024 ** 4
    image = admin('POST', '/images', {'name': 'huge', 'owner': 'demo', 'data': {'virtual': {'size': '1TiB', 'seed': 7}}})
    address = '%s/image/v2/images/%s/file' % (ROOT, image['id'])
    token = {'X-Auth-Token': keystone.get_token()}
    seen = set()
    for first in (0, size - MIB):
        blocks = set()
        for _ in range(2):
            answer = requests.get(address, headers=dict(token, Range='bytes=%d-%d' % (first, first + MIB - 1)), timeout=60)
            assert answer.status_code == 206, answer.status_code
            assert answer.headers['Content-Range'] == 'bytes %d-%d/%d' % (first, first + MIB - 1, size), answer.headers
            assert len(answer.content) == MIB
            blocks.add(hashlib.sha256(answer.content).hexdigest())
        assert len(blocks) == 1
        seen |= blocks
    assert len(seen) == 2


@step('the memory of the server stays flat: %.0f MiB before, %.0f MiB maximum' % (BEFORE, memory('VmHWM')))
def flat():
    assert memory('VmHWM') - BEFORE < 160, memory('VmHWM')


for path in (SOURCE, COPY):
    os.unlink(path)
end()
