"""python-glanceclient, as Debian packages it, with a session and with a bare token."""
import io

from glanceclient import client as client_module
from glanceclient import exc
from keystoneauth1 import session
from keystoneauth1.identity import v3
from steps import DATA, ROOT, STATUSES, admin, end, inject, raises, step

auth = v3.Password(auth_url=ROOT + '/identity/v3', username='demo', password='secret', user_domain_name='Default',
                   project_name='demo', project_domain_name='Default')
keystone = session.Session(auth=auth)
glance = client_module.Client('2', session=keystone, region_name='RegionOne')
images = {}


@step('lists images, page by page')
def list_images():
    names = [image['name'] for image in glance.images.list(page_size=7)]
    assert 'demo-private' in names and len(set(names)) == len(names), names


@step('creates, uploads, downloads and compares')
def create():
    image = glance.images.create(name='glance', disk_format='raw', container_format='bare', os_distro='debian')
    images['id'] = image.id
    glance.images.upload(image.id, io.BytesIO(DATA))
    shown = glance.images.get(image.id)
    assert (shown.status, shown.size, shown.os_distro) == ('active', len(DATA), 'debian'), shown
    # The iterator checks the digest that the service returns.
    assert b''.join(glance.images.data(image.id)) == DATA


@step('a name that is not a string is rejected by the client or the service')
def bad_name():
    try:
        glance.images.create(name=7)
    except (TypeError, exc.HTTPBadRequest):
        return
    raise AssertionError('it was taken')


@step('delete of a protected image raises HTTPForbidden')
def protect():
    glance.images.update(images['id'], protected=True)
    raises(exc.HTTPForbidden, lambda: glance.images.delete(images['id']), code=403)


KINDS = (
    exc.HTTPUnauthorized, exc.HTTPForbidden, exc.HTTPNotFound, exc.HTTPConflict, exc.HTTPOverLimit,
    exc.HTTPInternalServerError, exc.HTTPServiceUnavailable)
CALLS = (
    ('listImages', 'list', lambda: list(glance.images.list())),
    ('showImage', 'get', lambda: glance.images.get(images['id'])),
    ('createImage', 'create', lambda: glance.images.create(name='refused')),
    ('uploadImageData', 'upload', lambda: glance.images.upload(images['id'], io.BytesIO(DATA))),
    ('updateImage', 'update', lambda: glance.images.update(images['id'], name='refused')),
    ('downloadImageData', 'data', lambda: glance.images.data(images['id'])),
    ('deleteImage', 'delete', lambda: glance.images.delete(images['id'])),
)
for operation, name, call in CALLS:
    for status, kind in zip(STATUSES, KINDS):
        @step('an injected %d on %s raises %s' % (status, name, kind.__name__))
        def injected(operation=operation, call=call, status=status, kind=kind):
            # After a 401 the session logs in again and retries once.
            inject('image-v2.' + operation, status, calls=2 if status == 401 else 1)
            raises(kind, call, code=status)
            assert glance.images.get(images['id']).name == 'glance'


@step('an expired token raises HTTPUnauthorized; a session logs in again')
def expired():
    bare = client_module.Client('2', endpoint=ROOT + '/image', token=keystone.get_token())
    assert bare.images.get(images['id']).name == 'glance'
    admin('PUT', '/clock', {'advance': 90000})
    raises(exc.HTTPUnauthorized, lambda: bare.images.get(images['id']), code=401)
    assert glance.images.get(images['id']).name == 'glance'


@step('deletes an image after it is unprotected; a second delete raises HTTPNotFound')
def delete():
    glance.images.update(images['id'], protected=False)
    glance.images.delete(images['id'])
    raises(exc.HTTPNotFound, lambda: glance.images.delete(images['id']), code=404)


end()
