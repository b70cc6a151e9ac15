"""openstacksdk, configured by the OS_ variables, with its defaults."""
from program import given, main, only_for, property_given, seconds_given, write_chunks, write_lines

only_for('identity', 'image-v2', 'compute-v2.1')

import openstack

cloud = openstack.connect()
FORMATS = {'disk_format': 'raw', 'container_format': 'bare'}


def upload():
    image = cloud.image.get_image(given('IMAGE_ID'))
    with open(given('FILE'), 'rb') as file:
        image.data = file
        image.upload(cloud.image)


def download():
    cloud.image.download_image(given('IMAGE_ID'), output=given('OUTPUT'))


def set_property():
    name, value = property_given()
    cloud.image.update_image(given('IMAGE_ID'), **{name: value})


def set_metadata():
    name, value = property_given()
    cloud.compute.set_image_metadata(given('IMAGE_ID'), **{name: value})


def create_and_upload():
    made = cloud.create_image(given('IMAGE_NAME'), filename=given('FILE'), wait=True, timeout=seconds_given(), **FORMATS)
    write_lines([made.id])


def create_image():
    write_lines([cloud.image.create_image(given('IMAGE_NAME'), **FORMATS).id])


def create_snapshot():
    image = cloud.compute.create_server_image(
        given('SERVER_ID'), given('IMAGE_NAME'), wait=True, timeout=seconds_given())
    write_lines([image.id])


main({
    'identity': {'authenticate': cloud.authorize},
    'image-v2': {
        'authenticate': cloud.authorize,
        'list-images': lambda: write_lines(image.id for image in cloud.image.images()),
        'show-image': lambda: write_lines([cloud.image.get_image(given('IMAGE_ID')).id]),
        'create-image': create_image,
        'upload-image': upload,
        'create-and-upload': create_and_upload,
        'wait-for-active': lambda: cloud.wait_for_image({'id': given('IMAGE_ID')}, timeout=seconds_given()),
        'download-image': download,
        'update-image': set_property,
        'protect-image': lambda: cloud.image.update_image(given('IMAGE_ID'), is_protected=True),
        'delete-image': lambda: cloud.image.delete_image(given('IMAGE_ID')),
        'deactivate-image': lambda: cloud.image.deactivate_image(given('IMAGE_ID')),
        'reactivate-image': lambda: cloud.image.reactivate_image(given('IMAGE_ID')),
        'add-tag': lambda: cloud.image.add_tag(given('IMAGE_ID'), given('TAG')),
        'remove-tag': lambda: cloud.image.remove_tag(given('IMAGE_ID'), given('TAG')),
        'share-image': lambda: cloud.image.add_member(given('IMAGE_ID'), member_id=given('MEMBER')),
        'accept-image': lambda: cloud.image.update_member(given('MEMBER'), given('IMAGE_ID'), status='accepted'),
        'list-members': lambda: write_lines(member.member_id for member in cloud.image.members(given('IMAGE_ID'))),
        'unshare-image': lambda: cloud.image.remove_member(given('MEMBER'), given('IMAGE_ID')),
        'list-tasks': lambda: write_lines(task.id for task in cloud.image.tasks()),
    },
    'compute-v2.1': {
        'list-images': lambda: write_lines(image.id for image in cloud.compute.images()),
        'show-image': lambda: write_lines([cloud.compute.get_image(given('IMAGE_ID')).id]),
        'update-image': set_metadata,
        'delete-image': lambda: cloud.compute.delete_image(given('IMAGE_ID')),
        'create-snapshot': create_snapshot,
    },
})
