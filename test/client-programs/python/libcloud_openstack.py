"""Apache Libcloud, Provider.OPENSTACK: version 2.2 of its driver for the Image API and servers, its default one for images of Compute."""
import os

from program import given, main, only_for, property_given, until_active, write_lines

only_for('identity', 'image-v2', 'compute-v2.1')

from libcloud.compute.base import Node, NodeImage
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider


def connect(**more):
    return get_driver(Provider.OPENSTACK)(
        os.environ['OS_USERNAME'], os.environ['OS_PASSWORD'], ex_force_auth_url=os.environ['OS_AUTH_URL'] + '/auth/tokens',
        ex_force_auth_version='3.x_password', ex_tenant_name=os.environ['OS_PROJECT_NAME'],
        ex_force_service_region=os.environ['OS_REGION_NAME'], **more)


cloud = connect(api_version='2.2')
compute = connect()


def patch(operation, path, value):
    cloud.ex_update_image(given('IMAGE_ID'), [{'op': operation, 'path': path, 'value': value}])


def set_property():
    name, value = property_given()
    patch('add', '/' + name, value)


def delete():
    if not cloud.delete_image(NodeImage(given('IMAGE_ID'), None, cloud)):
        raise RuntimeError('delete_image returned False')


def create_snapshot():
    server = Node(given('SERVER_ID'), None, NodeState.RUNNING, [], [], cloud)
    image = cloud.create_image(server, given('IMAGE_NAME'))
    until_active(lambda: cloud.get_image(image.id).extra['status'])
    write_lines([image.id])


main({
    'identity': {'authenticate': cloud.connection.get_service_catalog},
    'image-v2': {
        'authenticate': cloud.connection.get_service_catalog,
        'list-images': lambda: write_lines(image.id for image in cloud.list_images()),
        'show-image': lambda: write_lines([cloud.get_image(given('IMAGE_ID')).id]),
        'update-image': set_property,
        'protect-image': lambda: patch('replace', '/protected', True),
        'share-image': lambda: cloud.ex_create_image_member(given('IMAGE_ID'), given('MEMBER')),
        'accept-image': lambda: cloud.ex_accept_image_member(given('IMAGE_ID'), given('MEMBER')),
        'list-members': lambda: write_lines(member.id for member in cloud.ex_list_image_members(given('IMAGE_ID'))),
    },
    'compute-v2.1': {
        'authenticate': cloud.connection.get_service_catalog,
        'list-images': lambda: write_lines(image.id for image in compute.list_images()),
        'show-image': lambda: write_lines([compute.get_image(given('IMAGE_ID')).id]),
        'delete-image': delete,
        'create-snapshot': create_snapshot,
    },
})
