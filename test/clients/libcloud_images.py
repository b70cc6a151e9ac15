"""Apache Libcloud, as Debian packages it: argument `openstack` (its drivers of both versions) or `rackspace`."""
import sys

from libcloud.common.exceptions import BaseHTTPError, RateLimitReachedError
from libcloud.common.types import InvalidCredsError
from libcloud.compute.base import Node, NodeImage
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider
from steps import ROOT, STATUSES, admin, end, inject, raises, step

PROVIDER = sys.argv[1]
RACKSPACE = PROVIDER == 'rackspace'
SERVERS_API = 'rackspace-servers' if RACKSPACE else 'compute-v2.1'
UNKNOWN = '33333333-3333-4333-8333-333333333333'
# Names in the fixtures of this driver's world.
SERVER = '5e44e400-0000-4000-8000-000000000001'
BUILDING = '5e44e400-0000-4000-8000-000000000002'
# Compute returns 500 when the image service returns 413.
OVER_QUOTA = 413 if RACKSPACE else 500


def rackspace(key='demo-api-key'):
    return get_driver(Provider.RACKSPACE)(
        'demo', key, region='dfw', ex_force_auth_url=ROOT + '/rackspace/identity/v2.0/tokens')


def openstack(key='secret', user='demo', version='2.2'):
    return get_driver(Provider.OPENSTACK)(
        user, key, ex_force_auth_url=ROOT + '/identity/v3/auth/tokens', ex_force_auth_version='3.x_password',
        ex_tenant_name=user, ex_force_service_region='RegionOne', api_version=version)


connect = rackspace if RACKSPACE else openstack
cloud = connect()
found = {}


def image(name):
    return found[name]


def node(identifier):
    return Node(identifier, 'a server', NodeState.RUNNING, [], [], cloud)


def nowhere():
    return NodeImage(UNKNOWN, 'nothing', cloud)


def refused(status, call):
    """Asserts that the client raises exactly this class of error, with this code."""
    return raises(BaseHTTPError, call, code=status)


def injected(operation, status, call):
    """Asserts that the client raises its error for a fault, and that the next request succeeds."""
    inject(operation, status)
    error = refused(status, call)
    assert str(error).startswith(str(status)), str(error)
    assert admin('GET', '/requests?operation=%s&status=%d&source=injected' % (operation, status))['requests']
    assert cloud.get_image(image('demo-private').id).name == 'demo-private'


@step('list_images logs in and lists images')
def list_images():
    for each in cloud.list_images():
        found[each.name] = each
    assert len(found) > 10 and 'demo-private' in found, sorted(found)
    assert image('demo-private').extra['created'] == '2026-02-01T09:00:00Z', image('demo-private').extra


@step('get_image shows an image')
def get_image():
    shown = cloud.get_image(image('demo-private').id)
    assert shown.name == 'demo-private' and shown.id == image('demo-private').id
    assert shown.extra['status'] == ('ACTIVE' if RACKSPACE else 'active'), shown.extra


@step('create_image creates an image from a server, and get_image shows it become active')
def create_image():
    admin('PUT', '/configuration', {'progress': {'snapshot': {'by': 'hand'}}})
    made = cloud.create_image(node(SERVER), 'by libcloud', metadata={'stage': 'test'})
    assert made.name == 'by libcloud', made
    assert made.extra['status'] == ('SAVING' if RACKSPACE else 'queued'), made.extra
    tasks = admin('GET', '/tasks?image=' + made.id)['tasks']
    assert len(tasks) == 1, tasks
    admin('POST', '/tasks/%s/finish' % tasks[0]['id'])
    shown = cloud.get_image(made.id)
    assert shown.extra['status'] == ('ACTIVE' if RACKSPACE else 'active'), shown.extra
    assert cloud.delete_image(shown) is True


@step('delete_image of a protected image raises BaseHTTPError with 403')
def protected():
    refused(403, lambda: cloud.delete_image(image('demo-protected')))


@step('every method raises BaseHTTPError with 404 for an unknown image')
def unknown():
    refused(404, lambda: cloud.get_image(UNKNOWN))
    refused(404, lambda: cloud.delete_image(nowhere()))
    refused(404, lambda: cloud.create_image(node(UNKNOWN), 'of nothing'))


@step('create_image of a server that is being built raises BaseHTTPError with 409')
def building():
    refused(409, lambda: cloud.create_image(node(BUILDING), 'too early'))


@step('create_image beyond the image quota raises BaseHTTPError with %d' % OVER_QUOTA)
def over_quota():
    admin('PUT', '/configuration', {'quotas': {'images': 1}})
    refused(OVER_QUOTA, lambda: cloud.create_image(node(SERVER), 'one too many'))
    admin('PUT', '/configuration', {'quotas': {'images': None}})


for status in STATUSES:
    @step('an injected %d on delete_image raises BaseHTTPError, once' % status)
    def on_delete(status=status):
        injected(SERVERS_API + '.deleteImage', status, lambda: cloud.delete_image(image('demo-private')))

    @step('an injected %d on create_image raises BaseHTTPError, once' % status)
    def on_create(status=status):
        injected(SERVERS_API + '.createServerImage', status, lambda: cloud.create_image(node(SERVER), 'refused'))

    @step('an injected %d on get_image and list_images raises BaseHTTPError, once' % status)
    def on_read(status=status):
        listing = 'rackspace-servers.listImagesDetail' if RACKSPACE else 'image-v2.listImages'
        showing = ('rackspace-servers' if RACKSPACE else 'image-v2') + '.showImage'
        injected(showing, status, lambda: cloud.get_image(image('demo-private').id))
        injected(listing, status, cloud.list_images)


@step('an injected 429 raises RateLimitReachedError with the seconds to wait')
def rate_limit():
    inject(SERVERS_API + '.deleteImage', 429)
    raises(RateLimitReachedError, lambda: cloud.delete_image(image('demo-private')), code=429, retry_after=1.0)


if not RACKSPACE:
    old = openstack(version='1.1')
    other = openstack(user='alt_demo')

    @step('the driver of version 1.1 lists, shows and deletes through the Compute API')
    def version_1_1():
        names = [each.name for each in old.list_images()]
        assert 'demo-private' in names and 'status-saving' not in names, names
        assert 'status-saving' in [each.name for each in old.list_images(ex_only_active=False)]
        made = old.create_image(node(SERVER), 'by version 1.1')
        assert old.get_image(made.id).name == 'by version 1.1'
        assert old.delete_image(made) is True
        shown = old.get_image(image('web-1-snapshot').id)
        assert (shown.extra['status'], shown.extra['minDisk'], shown.extra['minRam']) == ('ACTIVE', 40, 1024), shown.extra
        assert old.delete_image(shown) is True
        refused(404, lambda: old.get_image(shown.id))
        refused(404, lambda: cloud.get_image(shown.id))

    @step('delete_image of an image that a server uses raises BaseHTTPError with 500')
    def in_use():
        refused(500, lambda: old.delete_image(image('in-use-by-web-1')))

    for status in STATUSES:
        @step('an injected %d on requests of version 1.1 raises BaseHTTPError, once' % status)
        def on_1_1(status=status):
            injected('compute-v2.1.showImage', status, lambda: old.get_image(image('demo-private').id))
            injected('compute-v2.1.listImagesDetail', status, old.list_images)
            injected('compute-v2.1.deleteImage', status, lambda: old.delete_image(image('demo-private')))
            injected('compute-v2.1.createServerImage', status, lambda: old.create_image(node(SERVER), 'refused'))

    @step('ex_update_image changes an image, and fails with 403, 404, 409 and 413')
    def update():
        def change(which, op, path, value=None):
            patch = [{'op': op, 'path': path, 'value': value}]
            return cloud.ex_update_image(which.id, patch)
        shared = change(image('demo-private'), 'replace', '/visibility', 'shared')
        assert shared.extra['visibility'] == 'shared', shared.extra
        refused(403, lambda: change(image('ubuntu-24.04-server'), 'replace', '/name', 'mine'))
        refused(404, lambda: change(nowhere(), 'replace', '/name', 'x'))
        refused(409, lambda: change(image('demo-private'), 'replace', '/no_such_property', 'x'))
        admin('PUT', '/configuration', {'quotas': {'tags': 2}})
        refused(413, lambda: change(image('demo-private'), 'replace', '/tags', ['a', 'b', 'c']))
        admin('PUT', '/configuration', {'quotas': {'tags': 128}})

    @step('members are added and listed, and accept')
    def members():
        identifier = image('demo-private').id
        member = cloud.ex_list_image_members(image('demo-shared').id)[0].id  # the project of the other
        refused(404, lambda: other.get_image(identifier))
        made = cloud.ex_create_image_member(identifier, member)
        assert (made.id, made.image_id, made.state) == (member, identifier, 'pending'), made
        refused(409, lambda: cloud.ex_create_image_member(identifier, member))
        assert [each.id for each in cloud.ex_list_image_members(identifier)] == [member]
        refused(403, lambda: cloud.ex_accept_image_member(identifier, member))
        assert other.ex_accept_image_member(identifier, member).state == 'accepted'
        assert cloud.ex_get_image_member(identifier, member).state == 'accepted'
        assert 'demo-private' in [each.name for each in other.list_images()]
        refused(404, lambda: cloud.ex_get_image_member(identifier, 'nobody'))

    for status in STATUSES:
        @step('an injected %d on requests about members and changes raises BaseHTTPError, once' % status)
        def on_members(status=status):
            identifier = image('demo-private').id
            injected('image-v2.createImageMember', status, lambda: cloud.ex_create_image_member(identifier, 'x'))
            injected('image-v2.listImageMembers', status, lambda: cloud.ex_list_image_members(identifier))
            injected('image-v2.showImageMember', status, lambda: cloud.ex_get_image_member(identifier, 'x'))
            injected('image-v2.updateImageMember', status, lambda: cloud.ex_accept_image_member(identifier, 'x'))
            injected('image-v2.updateImage', status, lambda: cloud.ex_update_image(identifier, []))


@step('delete_image deletes, and a second one raises BaseHTTPError with 404')
def delete_image():
    assert cloud.delete_image(image('demo-private')) is True
    refused(404, lambda: cloud.delete_image(image('demo-private')))


@step('a wrong secret raises InvalidCredsError')
def wrong_secret():
    raises(InvalidCredsError, connect('wrong').list_images)


@step('an expired token raises BaseHTTPError with 401, and the next request logs in again')
def expired():
    # The client checks the expiry by the system clock, so only the service can end a token early.
    admin('PUT', '/clock', {'advance': 90000})
    refused(401, lambda: cloud.get_image(image('demo-protected').id))
    assert cloud.get_image(image('demo-protected').id).name == 'demo-protected'
    admin('PUT', '/clock', {'advance': 90000})
    refused(401, lambda: cloud.delete_image(image('demo-protected')))
    refused(403, lambda: cloud.delete_image(image('demo-protected')))


end()
