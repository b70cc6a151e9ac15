"""openstacksdk, as Debian packages it: the life of an image."""
import hashlib

import openstack
from openstack import exceptions
from steps import DATA, ROOT, STATUSES, admin, end, inject, raises, step


def connect(**options):
    return openstack.connection.Connection(
        auth=dict(auth_url=ROOT + '/identity/v3', username='demo', password='secret', user_domain_name='Default',
                  project_name='demo', project_domain_name='Default'),
        region_name='RegionOne', **options)


cloud = connect(image_status_code_retries=0)
images = {}


@step('logs in and finds its services')
def log_in():
    assert cloud.authorize()
    assert cloud.image.get_endpoint().startswith(ROOT + '/image'), cloud.image.get_endpoint()


@step('lists images, page by page')
def list_images():
    names = [image.name for image in cloud.image.images(limit=5)]
    assert 'demo-private' in names and len(names) > 10, names
    assert len(set(names)) == len(names), 'a page came twice'


@step('creates, uploads, downloads and compares')
def create():
    image = cloud.create_image('sdk', data=DATA, disk_format='raw', container_format='bare', wait=True, tags=['t1'],
                               validate_checksum=True, hw_disk_bus='scsi')
    images['sdk'] = image.id
    assert image.status == 'active' and image.size == len(DATA), (image.status, image.size)
    shown = cloud.image.get_image(image.id)
    assert shown.checksum == hashlib.md5(DATA).hexdigest()
    assert shown.hw_disk_bus == 'scsi' and shown.tags == ['t1']
    assert cloud.image.download_image(shown).content == DATA


@step('finds an image by name, and no other')
def find():
    assert cloud.image.find_image('sdk').id == images['sdk']
    assert cloud.image.find_image('no-such-image') is None
    raises(exceptions.ResourceNotFound, lambda: cloud.image.get_image('no-such-image'), status_code=404)


@step('delete of a protected image raises HttpException')
def protect():
    cloud.image.update_image(images['sdk'], is_protected=True)
    raises(exceptions.HttpException,
           lambda: cloud.image.delete_image(images['sdk'], ignore_missing=False), status_code=403)


KINDS = {404: exceptions.ResourceNotFound, 409: exceptions.ConflictException}
CALLS = (
    ('listImages', 'images', lambda: list(cloud.image.images())),
    ('showImage', 'get_image', lambda: cloud.image.get_image(images['sdk'])),
    ('createImage', 'create_image', lambda: cloud.image.create_image('refused', disk_format='raw', container_format='bare')),
    ('updateImage', 'update_image', lambda: cloud.image.update_image(images['sdk'], name='refused')),
    ('deleteImage', 'delete_image', lambda: cloud.image.delete_image(images['sdk'], ignore_missing=False)),
)
for operation, name, call in CALLS:
    for status in STATUSES:
        kind = KINDS.get(status, exceptions.HttpException)

        @step('an injected %d on %s raises %s' % (status, name, kind.__name__))
        def injected(operation=operation, call=call, status=status, kind=kind):
            # After a 401 it logs in again and retries once.
            inject('image-v2.' + operation, status, calls=2 if status == 401 else 1)
            raises(kind, call, status_code=status)
            assert cloud.image.get_image(images['sdk']).name == 'sdk'
            assert cloud.image.find_image('refused') is None


@step('its retries recover from one 503')
def retried():
    inject('image-v2.showImage', 503)
    assert connect().image.get_image(images['sdk']).name == 'sdk'
    assert len(admin('GET', '/requests?operation=image-v2.showImage&status=503')['requests']) >= 1


@step('logs in again after its token has expired')
def expired():
    admin('PUT', '/clock', {'advance': 90000})
    assert cloud.image.get_image(images['sdk']).name == 'sdk'
    assert admin('GET', '/requests?operation=image-v2.showImage&status=401&source=natural')['requests']


@step('deletes an image after it is unprotected; a second delete raises ResourceNotFound')
def delete():
    cloud.image.update_image(images['sdk'], is_protected=False)
    cloud.image.delete_image(images['sdk'], ignore_missing=False)
    raises(exceptions.ResourceNotFound,
           lambda: cloud.image.delete_image(images['sdk'], ignore_missing=False), status_code=404)


@step('a wrong password raises Unauthorized')
def wrong_password():
    from keystoneauth1.exceptions.http import Unauthorized
    other = openstack.connection.Connection(
        auth=dict(auth_url=ROOT + '/identity/v3', username='demo', password='wrong', user_domain_name='Default',
                  project_name='demo', project_domain_name='Default'), region_name='RegionOne')
    raises(Unauthorized, other.authorize_or_raise if hasattr(other, 'authorize_or_raise') else lambda: other.session.get_token(),
           http_status=401)


end()
