"""The plugin that pytest loads: options, fixtures, recordings of failing tests."""

import os

import pytest

from .cloud import Cloud
from .world import World

WORLD = pytest.StashKey[World]()
MAX_ERROR = 1000


def pytest_addoption(parser):
    group = parser.getgroup("sideglance")
    group.addoption(
        "--sideglance-url",
        default=os.environ.get("SIDEGLANCE_URL"),
        help="address of a running Sideglance (SIDEGLANCE_URL); one is started when omitted",
    )
    group.addoption(
        "--sideglance-command",
        default=os.environ.get("SIDEGLANCE_COMMAND", "npx --no-install sideglance"),
        help="command of Sideglance (SIDEGLANCE_COMMAND)",
    )
    group.addoption(
        "--sideglance-recordings",
        default="sideglance-recordings",
        help="folder for the recordings of failing tests",
    )


@pytest.fixture(scope="session")
def sideglance(pytestconfig):
    """The server, which all tests of the run share."""
    token = os.environ.get("SIDEGLANCE_ADMIN_TOKEN")
    url = pytestconfig.getoption("sideglance_url")
    cloud = Cloud(url, token) if url else Cloud.start(pytestconfig.getoption("sideglance_command"), token)
    yield cloud
    cloud.stop()


@pytest.fixture
def sideglance_world(sideglance, request):
    """A world of its own for each test. It is dropped after the test."""
    world = World(sideglance, request.node.nodeid)
    request.node.stash[WORLD] = world
    yield world
    del request.node.stash[WORLD]
    world.drop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Record a failing test, and add the path to its report."""
    outcome = yield
    report = outcome.get_result()
    world = item.stash.get(WORLD, None)
    if call.when == "call" and report.failed and world is not None:
        path = world.record(item.config.getoption("sideglance_recordings"), str(call.excinfo.value)[:MAX_ERROR])
        report.sections.append(("Sideglance recording", str(path)))
