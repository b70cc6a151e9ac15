"""Tests of a client that uses openstacksdk: each test has a world of its own, from the fixture sideglance_world."""

import openstack
import pytest


@pytest.fixture
def cloud(sideglance_world):
    """A connection of openstacksdk to the world of the test."""
    auth = {name[3:].lower(): value for name, value in sideglance_world.settings["openstack"].items()}
    connection = openstack.connect(load_envvars=False, load_yaml_config=False, **auth)
    yield connection
    connection.close()


def test_a_protected_image_stays(cloud, sideglance_world):
    image = cloud.image.find_image("demo-protected", ignore_missing=False)
    with pytest.raises(openstack.exceptions.HttpException, match="403"):
        cloud.image.delete_image(image)
    sideglance_world.assert_met("image-v2.deleteImage", 403)


def test_the_client_waits_before_it_lists_again(cloud, sideglance_world):
    sideglance_world.arm({
        "match": {"operation": "image-v2.listImages"},
        "undocumented": True,
        "fault": {"answer": 503, "retryAfter": 1},
    })
    cloud.image.retriable_status_codes = [503]
    assert any(image.name == "demo-protected" for image in cloud.image.images())
    sideglance_world.assert_received({"operation": "image-v2.listImages"}, at_least=2)
