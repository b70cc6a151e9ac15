"""python-glanceclient: members, tags, actions, import, tasks, stores and cache."""
import io

from glanceclient import client as glance_client
from glanceclient import exc
from keystoneauth1 import session
from keystoneauth1.identity import v3
from steps import DATA, ROOT, admin, end, raises, step


def connect(user, project):
    auth = v3.Password(auth_url=ROOT + '/identity/v3', username=user, password='secret', user_domain_name='Default',
                       project_name=project, project_domain_name='Default')
    keystone = session.Session(auth=auth)
    return glance_client.Client('2', session=keystone, region_name='RegionOne'), keystone.get_project_id()


demo, _ = connect('demo', 'demo')
alt, ALT = connect('alt_demo', 'alt_demo')
operator, _ = connect('admin', 'admin')
image = demo.images.create(name='resources', disk_format='raw', container_format='bare')


@step('shares an image: adds, accepts and removes a member')
def members():
    demo.image_members.create(image.id, ALT)
    raises(exc.HTTPConflict, lambda: demo.image_members.create(image.id, ALT), code=409)
    offered = {each.id for each in alt.images.list(filters={'visibility': 'shared', 'member_status': 'pending'})}
    assert image.id in offered, offered
    raises(exc.HTTPForbidden, lambda: demo.image_members.update(image.id, ALT, 'accepted'), code=403)
    assert alt.image_members.update(image.id, ALT, 'accepted').status == 'accepted'
    assert image.id in {each.id for each in alt.images.list()}
    assert [each.member_id for each in demo.image_members.list(image.id)] == [ALT]
    demo.image_members.delete(image.id, ALT)
    raises(exc.HTTPNotFound, lambda: alt.images.get(image.id), code=404)


@step('adds a tag twice, and the image has it once')
def tags():
    for _ in range(2):
        demo.image_tags.update(image.id, 'golden')
    assert demo.images.get(image.id).tags == ['golden']
    demo.image_tags.delete(image.id, 'golden')
    raises(exc.HTTPNotFound, lambda: demo.image_tags.delete(image.id, 'golden'), code=404)


@step('stages and imports; an import takes as many polls as the world configures')
def imports():
    admin('PUT', '/configuration', {'progress': {'import': {'by': 'polls', 'polls': 2}}})
    demo.images.stage(image.id, io.BytesIO(DATA))
    assert demo.images.get_import_info()['import-methods']['value'][0] == 'glance-direct'
    demo.images.image_import(image.id, 'glance-direct', stores=['store1', 'store2'])
    raises(exc.HTTPConflict, lambda: demo.images.image_import(image.id, 'glance-direct'), code=409)
    seen = [demo.images.get(image.id).status for _ in range(3)]
    assert seen == ['importing', 'importing', 'active'], seen
    tasks = demo.images.get_associated_image_tasks(image.id)['tasks']
    assert [task['status'] for task in tasks] == ['success'], tasks
    admin('PUT', '/configuration', {'progress': {}})


@step('after a failed import, another import can start')
def failed_import():
    other = demo.images.create(name='elsewhere', disk_format='raw', container_format='bare')
    demo.images.image_import(other.id, 'web-download', uri=ROOT + '/nowhere')
    shown = demo.images.get(other.id)
    assert (shown.status, shown.os_glance_failed_import) == ('queued', 'store1'), shown
    raises(exc.HTTPBadRequest, lambda: demo.images.image_import(other.id, 'web-download', uri='http://192.0.2.1/x'), code=400)
    demo.images.delete(other.id)


@step('lists the stores, and removes one of two copies')
def stores():
    assert [store['id'] for store in demo.images.get_stores_info()['stores']] == ['store1', 'store2']
    raises(exc.HTTPForbidden, demo.images.get_stores_info_detail, code=403)
    assert operator.images.get_stores_info_detail()['stores'][0]['type'] == 'file'
    demo.images.delete_from_store('store1', image.id)
    assert demo.images.get(image.id).stores == 'store2'
    raises(exc.HTTPForbidden, lambda: demo.images.delete_from_store('store2', image.id), code=403)


@step('deactivates and reactivates')
def actions():
    demo.images.deactivate(image.id)
    raises(exc.HTTPForbidden, lambda: demo.images.data(image.id), code=403)
    demo.images.reactivate(image.id)
    assert b''.join(demo.images.data(image.id)) == DATA


@step('lists and shows tasks to administrators only')
def tasks():
    raises(exc.HTTPForbidden, lambda: list(demo.tasks.list()), code=403)
    made = operator.tasks.create(type='import', input={
        'import_from': ROOT + '/nowhere', 'import_from_format': 'raw', 'image_properties': {'container_format': 'bare'}})
    assert operator.tasks.get(made.id).status == 'failure'
    assert made.id in [task.id for task in operator.tasks.list(filters={'type': 'import'})]


@step('caches an image and removes it from the cache')
def cache():
    raises(exc.HTTPForbidden, demo.cache.list, code=403)
    operator.cache.queue(image.id)
    assert [each['image_id'] for each in operator.cache.list()['cached_images']] == [image.id]
    operator.cache.clear('cache')
    assert operator.cache.list() == {'cached_images': [], 'queued_images': []}


@step('shows usage and limits')
def usage():
    assert demo.info.get_usage() == {}, demo.info.get_usage()
    admin('PUT', '/configuration', {'quotas': {'images': 100}})
    usage = demo.info.get_usage()
    assert list(usage) == ['image_count_total'] and usage['image_count_total']['limit'] == 100, usage


demo.images.delete(image.id)
end()
