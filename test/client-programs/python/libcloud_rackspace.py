"""Apache Libcloud, Provider.RACKSPACE, with its defaults."""
import os

from program import given, main, only_for, until_active, write_lines

only_for('rackspace-servers')

from libcloud.compute.base import Node, NodeImage
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider

cloud = get_driver(Provider.RACKSPACE)(
    os.environ['RS_USERNAME'], os.environ['RS_API_KEY'], region=os.environ['RS_REGION_NAME'].lower(),
    ex_force_auth_url=os.environ['RS_AUTH_URL'] + '/tokens')


def delete():
    if not cloud.delete_image(NodeImage(given('IMAGE_ID'), None, cloud)):
        raise RuntimeError('delete_image returned False')


def create_snapshot():
    server = Node(given('SERVER_ID'), None, NodeState.RUNNING, [], [], cloud)
    image = cloud.create_image(server, given('IMAGE_NAME'))
    until_active(lambda: cloud.get_image(image.id).extra['status'])
    write_lines([image.id])


main({
    'rackspace-servers': {
        'authenticate': cloud.connection.get_service_catalog,
        'list-images': lambda: write_lines(image.id for image in cloud.list_images()),
        'show-image': lambda: write_lines([cloud.get_image(given('IMAGE_ID')).id]),
        'delete-image': delete,
        'create-snapshot': create_snapshot,
    },
})
