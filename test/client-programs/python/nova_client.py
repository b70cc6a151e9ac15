"""python-novaclient with a session of keystoneauth1, with their defaults. It reads images from the image service."""
import os

from program import given, main, only_for, until_active, write_lines

only_for('identity', 'image-v2', 'compute-v2.1')

from keystoneauth1 import session
from keystoneauth1.identity import v3
from novaclient import client

auth = v3.Password(
    auth_url=os.environ['OS_AUTH_URL'], username=os.environ['OS_USERNAME'], password=os.environ['OS_PASSWORD'],
    user_domain_name=os.environ['OS_USER_DOMAIN_NAME'], project_name=os.environ['OS_PROJECT_NAME'],
    project_domain_name=os.environ['OS_PROJECT_DOMAIN_NAME'])
keystone = session.Session(auth=auth)
nova = client.Client('2.1', session=keystone, region_name=os.environ['OS_REGION_NAME'])

def create_snapshot():
    image = nova.servers.create_image(given('SERVER_ID'), given('IMAGE_NAME'))
    until_active(lambda: nova.glance.find_image(image).status)
    write_lines([image])


main({
    'identity': {'authenticate': keystone.get_token},
    'image-v2': {
        'list-images': lambda: write_lines(image.id for image in nova.glance.list()),
        'show-image': lambda: write_lines([nova.glance.find_image(given('IMAGE_ID')).id]),
    },
    'compute-v2.1': {
        'authenticate': keystone.get_token,
        'create-snapshot': create_snapshot,
    },
})
