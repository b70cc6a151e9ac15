"""The client of the pictures: openstacksdk, and what it does to images while faults hit it.

usage: client.py NAME, with the variables of `sideglance env`. NAME is a function of this file.
"""
import os
import sys

import openstack
from openstack import exceptions

DATA = b'0123456789abcdef' * 4096


def connect(agent, **options):
    """Logs in as the variables say, as a client with a name."""
    return openstack.connect(
        auth_url=os.environ['OS_AUTH_URL'], username=os.environ['OS_USERNAME'], password=os.environ['OS_PASSWORD'],
        project_name=os.environ['OS_PROJECT_NAME'], user_domain_name='Default', project_domain_name='Default',
        region_name='RegionOne', app_name=agent, app_version='2.1', **options)


def attempt(action):
    """Runs an action that may fail: the picture shows how."""
    try:
        return action()
    except exceptions.SDKException as error:
        print(type(error).__name__, str(error).splitlines()[0][:100])
        return None


def build():
    """A build pipeline: uploads, downloads, shares and deletes images."""
    cloud = connect('image-builder', image_status_code_retries=3)
    images = [attempt(lambda n=number: cloud.create_image(
        f'web-{n}', data=DATA, disk_format='raw', container_format='bare', wait=True, validate_checksum=True,
        tags=['build'])) for number in range(1, 5)]
    for image in filter(None, images):
        attempt(lambda i=image: cloud.image.download_image(i))
        attempt(lambda i=image: cloud.image.update_image(i, os_version='12'))
    attempt(lambda: cloud.image.add_tag(images[0], 'released'))
    attempt(lambda: cloud.image.delete_image(images[1], ignore_missing=False))
    attempt(lambda: cloud.image.get_image('no-such-image'))
    attempt(lambda: list(cloud.image.images(limit=4)))


def clean():
    """A job that removes what is old."""
    cloud = connect('cleaner', image_status_code_retries=2)
    for image in attempt(lambda: list(cloud.image.images(limit=8))) or []:
        if image.name.startswith('demo'):
            attempt(lambda i=image: cloud.image.delete_image(i, ignore_missing=False))


def create():
    """One image with data: what the sweep and the comparison run."""
    cloud = connect('uploader', image_status_code_retries=2)
    cloud.create_image('swept', data=DATA, disk_format='raw', container_format='bare', wait=True, timeout=20)


globals()[sys.argv[1]]()
