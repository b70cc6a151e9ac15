"""python-glanceclient with a session of keystoneauth1, with their defaults."""
import os

from program import given, main, only_for, property_given, write_chunks, write_lines

only_for('identity', 'image-v2')

from glanceclient import client
from keystoneauth1 import session
from keystoneauth1.identity import v3

auth = v3.Password(
    auth_url=os.environ['OS_AUTH_URL'], username=os.environ['OS_USERNAME'], password=os.environ['OS_PASSWORD'],
    user_domain_name=os.environ['OS_USER_DOMAIN_NAME'], project_name=os.environ['OS_PROJECT_NAME'],
    project_domain_name=os.environ['OS_PROJECT_DOMAIN_NAME'])
keystone = session.Session(auth=auth)
glance = client.Client('2', session=keystone, region_name=os.environ['OS_REGION_NAME'], interface=os.environ.get('OS_INTERFACE'))


def create():
    image = glance.images.create(name=given('IMAGE_NAME'), disk_format='raw', container_format='bare')
    write_lines([image.id])


def upload():
    with open(given('FILE'), 'rb') as file:
        glance.images.upload(given('IMAGE_ID'), file)


def set_property():
    name, value = property_given()
    glance.images.update(given('IMAGE_ID'), **{name: value})


main({
    'identity': {'authenticate': keystone.get_token},
    'image-v2': {
        'authenticate': keystone.get_token,
        'list-images': lambda: write_lines(image.id for image in glance.images.list()),
        'show-image': lambda: write_lines([glance.images.get(given('IMAGE_ID')).id]),
        'create-image': create,
        'upload-image': upload,
        'download-image': lambda: write_chunks(glance.images.data(given('IMAGE_ID'))),
        'update-image': set_property,
        'protect-image': lambda: glance.images.update(given('IMAGE_ID'), protected=True),
        'delete-image': lambda: glance.images.delete(given('IMAGE_ID')),
        'deactivate-image': lambda: glance.images.deactivate(given('IMAGE_ID')),
        'reactivate-image': lambda: glance.images.reactivate(given('IMAGE_ID')),
        'add-tag': lambda: glance.image_tags.update(given('IMAGE_ID'), given('TAG')),
        'remove-tag': lambda: glance.image_tags.delete(given('IMAGE_ID'), given('TAG')),
        'share-image': lambda: glance.image_members.create(given('IMAGE_ID'), given('MEMBER')),
        'accept-image': lambda: glance.image_members.update(given('IMAGE_ID'), given('MEMBER'), 'accepted'),
        'list-members': lambda: write_lines(member.member_id for member in glance.image_members.list(given('IMAGE_ID'))),
        'unshare-image': lambda: glance.image_members.delete(given('IMAGE_ID'), given('MEMBER')),
        'list-tasks': lambda: write_lines(task.id for task in glance.tasks.list()),
    },
})
