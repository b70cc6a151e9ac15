"""The errors that openstacksdk and glanceclient, as Debian packages them, raise for faults on the wire."""
import io

import glanceclient
import openstack
import requests
from glanceclient import exc
from keystoneauth1 import session
from keystoneauth1.exceptions import connection
from keystoneauth1.identity import v3
from openstack import exceptions
from steps import DATA, ROOT, admin, end, raises, step

AUTH = dict(auth_url=ROOT + '/identity/v3', username='demo', password='secret', user_domain_name='Default',
            project_name='demo', project_domain_name='Default')
PATIENCE = 1  # seconds that a client waits for an answer

cloud = openstack.connection.Connection(auth=AUTH, region_name='RegionOne', api_timeout=PATIENCE)
glance = glanceclient.Client('2', session=session.Session(auth=v3.Password(**AUTH), timeout=PATIENCE))
image = cloud.create_image('wire', data=DATA, disk_format='raw', container_format='bare', wait=True).id


def arm(operation, fault=None, **more):
    """Arms a rule for one request, and disarms all others."""
    admin('DELETE', '/faults')
    if fault is not None:
        more['fault'] = fault
    admin('POST', '/faults', dict(match={'operation': 'image-v2.' + operation}, **more))


def sdk_show():
    return cloud.image.get_image(image).name


def glance_show():
    return glance.images.get(image).name


def is_answer(expected):
    """Asserts that a function returns this result."""
    def check(call):
        found = call()
        assert found == expected, '%r came in place of %r' % (found, expected)
    return check


def is_error(kind):
    """Asserts that a function raises exactly this exception."""
    return lambda call: raises(kind, call)


RIGHT = is_answer('wire')
# The SDK parses a response without a body, or with one that is not JSON, as an empty image.
NOTHING = is_answer(None)
BROKEN_OFF = is_error(requests.exceptions.ChunkedEncodingError)
NO_JSON = is_error(requests.exceptions.JSONDecodeError)

SHOW = (
    ('cut: reset', {'cut': 'reset'}, RIGHT, is_error(exc.CommunicationError)),
    ('cut: empty', {'cut': 'empty'}, RIGHT, is_error(exc.CommunicationError)),
    ('cut: garbage', {'cut': 'garbage'}, RIGHT, is_error(exc.CommunicationError)),
    ('cut: chunk', {'cut': 'chunk'}, is_error(connection.UnknownConnectionError), BROKEN_OFF),
    ('a cut in the head', {'cut': {'after': 12, 'of': 'head'}}, NOTHING, is_error(AttributeError)),
    ('a cut in the body', {'cut': {'after': 10}}, NOTHING, NO_JSON),
    ('a reset in the body', {'cut': {'after': 10, 'by': 'reset'}}, is_error(connection.UnknownConnectionError), BROKEN_OFF),
    ('stall', {'stall': True}, RIGHT, is_error(exc.InvalidEndpoint)),
    ('a stall in the body', {'stall': {'after': 10}}, RIGHT, is_error(requests.exceptions.ConnectionError)),
    ('slow', {'slow': 5000}, RIGHT, RIGHT),
    ('corrupt: json', {'corrupt': 'json'}, NOTHING, NO_JSON),
    ('a member of another type', {'corrupt': {'type': '/size'}}, RIGHT, RIGHT),
    ('a length that is too large', {'corrupt': {'length': 5}}, RIGHT, RIGHT),
    ('a length that is too small', {'corrupt': {'length': -5}}, NOTHING, NO_JSON),
)
for title, fault, of_sdk, of_glance in SHOW:
    @step('%s on show, in openstacksdk' % title)
    def show_by_sdk():
        arm('showImage', fault)
        of_sdk(sdk_show)

    @step('%s on show, in glanceclient' % title)
    def show_by_glance():
        arm('showImage', fault)
        of_glance(glance_show)


def sdk_download():
    return len(cloud.image.download_image(image).content)


def glance_download():
    return sum(len(part) for part in glance.images.data(image))


WHOLE = is_answer(len(DATA))
WRONG_HASH = is_error(BrokenPipeError)
DOWNLOAD = (
    ('a cut', {'cut': {'after': 1000}}, is_error(exceptions.InvalidResponse), WRONG_HASH),
    ('a reset', {'cut': {'after': 1000, 'by': 'reset'}}, is_error(connection.UnknownConnectionError), BROKEN_OFF),
    ('a stall', {'stall': {'after': 1000}}, WHOLE, is_error(requests.exceptions.ConnectionError)),
    ('slow', {'slow': 4000000}, WHOLE, WHOLE),
    ('a flipped bit', {'corrupt': {'flip': 5000}}, is_error(exceptions.InvalidResponse), WRONG_HASH),
    # glanceclient checks the stronger digest of the image, not the one in the headers of its data.
    ('another checksum', {'corrupt': 'checksum'}, is_error(exceptions.InvalidResponse), WHOLE),
)
for title, fault, of_sdk, of_glance in DOWNLOAD:
    @step('%s on download, in openstacksdk' % title)
    def download_by_sdk():
        arm('downloadImageData', fault)
        of_sdk(sdk_download)

    @step('%s on download, in glanceclient' % title)
    def download_by_glance():
        arm('downloadImageData', fault)
        of_glance(glance_download)


def new_image():
    return glance.images.create(name='upload', disk_format='raw', container_format='bare').id


def sdk_upload(target):
    queued = cloud.image.get_image(target)
    queued.data = DATA
    return queued.upload(cloud.image).status_code


def glance_upload(target):
    glance.images.upload(target, io.BytesIO(DATA))


def status_of(target):
    return glance.images.get(target).status


DONE = is_answer(None)
UPLOAD = (
    # The SDK can send the data again, because it is not a stream.
    ('a cut', {'cut': {'after': 1000, 'on': 'request'}}, is_answer(204), 'active', is_error(exc.CommunicationError), 'queued'),
    ('a reset', {'cut': {'after': 1000, 'on': 'request', 'by': 'reset'}},
     is_answer(204), 'active', is_error(exc.CommunicationError), 'queued'),
    ('slow', {'slow': {'bytesPerSecond': 8000000, 'on': 'request'}}, is_answer(204), 'active', DONE, 'active'),
    ('413 before all of it came', {'answer': 413, 'received': 1000}, is_answer(413), 'queued', is_error(exc.HTTPOverLimit), 'queued'),
)
for title, fault, of_sdk, after_sdk, of_glance, after_glance in UPLOAD:
    @step('%s on upload, in openstacksdk' % title)
    def upload_by_sdk():
        target = new_image()
        arm('uploadImageData', fault)
        of_sdk(lambda: sdk_upload(target))
        assert status_of(target) == after_sdk, status_of(target)

    @step('%s on upload, in glanceclient' % title)
    def upload_by_glance():
        target = new_image()
        arm('uploadImageData', fault)
        of_glance(lambda: glance_upload(target))
        assert status_of(target) == after_glance, status_of(target)


@step('a delete whose response is lost: openstacksdk retries and gets 404')
def lost_by_sdk():
    target = new_image()
    arm('deleteImage', {'cut': 'reset'}, phase='after')
    raises(exceptions.ResourceNotFound, lambda: cloud.image.delete_image(target, ignore_missing=False))
    raises(exc.HTTPNotFound, lambda: status_of(target))


@step('a delete whose response is lost: glanceclient raises, and the image is deleted')
def lost_by_glance():
    target = new_image()
    arm('deleteImage', {'cut': 'reset'}, phase='after')
    raises(exc.CommunicationError, lambda: glance.images.delete(target))
    raises(exc.HTTPNotFound, lambda: status_of(target))


@step('a delete that a proxy repeats is a 404 for both')
def twice():
    for kind, delete in ((exceptions.ResourceNotFound, lambda it: cloud.image.delete_image(it, ignore_missing=False)),
                         (exc.HTTPNotFound, glance.images.delete)):
        target = new_image()
        arm('deleteImage', phase='twice')
        raises(kind, lambda: delete(target))
        raises(exc.HTTPNotFound, lambda: status_of(target))


@step('a delete that takes effect late: the next read still returns the image')
def late():
    target = new_image()
    arm('deleteImage', phase={'late': {'polls': 1}})
    glance.images.delete(target)
    assert status_of(target) == 'queued'
    raises(exc.HTTPNotFound, lambda: status_of(target))


admin('DELETE', '/faults')
end()
