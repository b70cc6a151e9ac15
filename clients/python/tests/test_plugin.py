"""Tests of the plugin against a real server."""

import json
import os
import urllib.error
import urllib.request

import pytest

from pytest_sideglance.cloud import Cloud

IMAGE = "/image/v2/images/7d00932e-3f4a-4e5e-8a65-0b6a4c6f3f11"
OVERLOAD = {
    "match": {"operation": "image-v2.listImages"},
    "stage": "before-auth",
    "fault": {"answer": 503, "retryAfter": 60},
    "undocumented": True,
}


def send(world, path, method="GET"):
    request = urllib.request.Request(world.url + path, method=method, headers={"Accept": "application/json"})
    try:
        urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as error:
        error.read()


def names_of(sideglance):
    return [world["name"] for world in sideglance.admin("GET", "worlds")["worlds"]]


def test_a_world_is_a_fork_with_the_test_as_label(sideglance, sideglance_world):
    assert sideglance_world.name in names_of(sideglance)
    assert sideglance_world.url in sideglance_world.settings["openstack"]["OS_AUTH_URL"]
    label = sideglance_world.admin("GET", "label")["label"]
    assert label.endswith("test_a_world_is_a_fork_with_the_test_as_label")


def test_assert_met_tells_what_was_received(sideglance_world):
    send(sideglance_world, IMAGE, "DELETE")
    sideglance_world.assert_met("image-v2.deleteImage", 401)
    sideglance_world.assert_met("*.deleteImage", "4xx")
    with pytest.raises(AssertionError, match="received image-v2.deleteImage 409\nFound: 401"):
        sideglance_world.assert_met("image-v2.deleteImage", 409)


def test_assert_received_lists_near_misses(sideglance_world):
    send(sideglance_world, IMAGE, "DELETE")
    sideglance_world.assert_received({"status": 401}, exactly=1)
    sideglance_world.assert_received({"status": 401}, at_least=1, at_most=2)
    with pytest.raises(AssertionError, match="near miss #1: DELETE .* -> 401\n  status: expected 204, found 401"):
        sideglance_world.assert_received({"operation": "image-v2.deleteImage", "status": 204})


def test_a_client_that_does_not_wait_is_found(sideglance_world):
    with pytest.raises(AssertionError, match="^Inconclusive"):
        sideglance_world.assert_waited_for_retry_after()
    sideglance_world.arm(OVERLOAD)
    send(sideglance_world, "/image/v2/images")
    send(sideglance_world, "/image/v2/images")
    with pytest.raises(AssertionError, match="retry-after-seconds-ignored"):
        sideglance_world.assert_waited_for_retry_after()
    with pytest.raises(AssertionError, match="retry-after-seconds-ignored"):
        sideglance_world.assert_no_conduct_findings()
    findings = sideglance_world.admin("GET", "conduct")["findings"]
    sideglance_world.assert_no_conduct_findings(ignore=[each["rule"] for each in findings])


def test_a_failing_test_is_recorded_and_its_world_dropped(sideglance, pytester):
    before = names_of(sideglance)
    pytester.makepyfile(
        "import urllib.request\n"
        "def test_fails(sideglance_world):\n"
        "    urllib.request.urlopen(sideglance_world.url + '/identity/v3').read()\n"
        "    assert False\n"
    )
    result = pytester.runpytest_subprocess("-p", "pytest_sideglance.plugin", "--sideglance-url", sideglance.url)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*Sideglance recording*", "*/sideglance-recordings/*test_fails-*.json"])
    (file,) = (pytester.path / "sideglance-recordings").iterdir()
    recording = json.loads(file.read_text())
    assert recording["format"] == "sideglance-recording"
    assert recording["about"]["name"].endswith("test_fails")
    assert len(recording["requests"]) == 1
    assert names_of(sideglance) == before


def test_a_server_behind_a_launcher_is_stopped(tmp_path):
    launcher = tmp_path / "launcher"
    launcher.write_text('#!/bin/sh\n# As npx, it does not pass signals on.\n"$@"\ntrue\n')
    launcher.chmod(0o755)
    cloud = Cloud.start(f"{launcher} {os.environ['SIDEGLANCE_COMMAND']}")
    assert cloud.admin("GET", "health") == {"status": "ok"}
    cloud.stop()
    with pytest.raises(urllib.error.URLError):
        cloud.admin("GET", "health")
