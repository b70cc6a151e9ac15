"""The world of one test."""

import fnmatch
import hashlib
import json
import re
from pathlib import Path

MAX_LABEL = 256
MAX_SLUG = 80
RETRY_AFTER_RULES = "retry-after-seconds-ignored,retry-after-date-ignored,retry-after-huge-ignored"


class World:
    """The world of one test: a fork of the default world. ``url`` is its address, ``settings`` how clients log in."""

    def __init__(self, cloud, test):
        self._cloud = cloud
        self._test = test
        view = cloud.admin("POST", "worlds", {"fork": "default", "label": test[:MAX_LABEL]})
        self.name, self.url, self.settings = view["name"], view["url"], view["settings"]

    def admin(self, method, path, body=None, query=None):
        """Send a request to the admin API of this world."""
        return self._cloud.admin(method, path, body, query, root=self.url)

    def arm(self, rule):
        """Arm a one-off fault: ``world.arm({"match": {...}, "fault": {"answer": 503}})``."""
        return self.admin("POST", "faults", rule)

    def drop(self):
        """Drop the world."""
        self._cloud.admin("DELETE", f"worlds/{self.name}")

    def assert_met(self, operation, status):
        """The client received this response: ``world.assert_met("image-v2.deleteImage", 409)``."""
        __tracebackhide__ = True
        pattern = {"operation": operation, "status": status, "outcome": "complete"}
        verdict = self.admin("POST", "verify", {"requests": pattern})
        cells = self._received(operation)
        if verdict["result"] == "yes" or any(_fits(cell["status"], status) for cell in cells):
            return
        found = ", ".join(str(cell["status"]) for cell in cells) or "no response"
        pending = {"requests": {"operation": operation, "outcome": "pending"}}
        if self.admin("POST", "verify", pending)["result"] == "yes":
            raise AssertionError(f"Inconclusive: a response of {operation} is still being sent; so far: {found}")
        _fail(verdict["result"], f"the client received {operation} {status}", f"{found}\n{verdict['message']}")

    def assert_received(self, pattern, **count):
        """Sideglance received requests like this. ``count``: ``exactly``, ``at_least``, ``at_most``; at least 1 without it."""
        __tracebackhide__ = True
        numbers = {re.sub("_(.)", lambda part: part[1].upper(), name): number for name, number in count.items()}
        verdict = self.admin("POST", "verify", {"requests": pattern, **numbers})
        if verdict["result"] != "yes":
            wanted = f"Sideglance received requests like {json.dumps(pattern)}"
            _fail(verdict["result"], wanted, "\n".join([verdict["message"], *map(_near_miss, verdict["nearest"])]))

    def assert_waited_for_retry_after(self):
        """The client waited for Retry-After before it repeated a request."""
        __tracebackhide__ = True
        self._judge("the client waited for Retry-After", {"only": RETRY_AFTER_RULES})

    def assert_no_conduct_findings(self, ignore=(), client=None):
        """The client broke no conduct rule. ``client``: ``success`` or ``failure``, what it reported."""
        __tracebackhide__ = True
        query = {"ignore": ",".join(ignore), "client": client}
        self._judge("the client broke no conduct rule", {name: value for name, value in query.items() if value})

    def record(self, folder, error):
        """Write the recording of this world for ``sideglance replay`` and ``show``, and return its file."""
        slug = re.sub(r"\W+", "-", self._test).strip("-")[-MAX_SLUG:]
        path = Path(folder).resolve() / f"{slug}-{hashlib.sha256(self._test.encode()).hexdigest()[:8]}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"kind": "test", "name": self._test, "verdict": "fail", "error": error}
        path.write_text(json.dumps(self.admin("GET", "recording", query=about)) + "\n", encoding="utf-8")
        return path

    def _received(self, operation):
        report = self.admin("GET", "coverage")
        return [
            cell
            for cell in report["cells"] + report["undocumented"]
            if cell["natural"] + cell["byProfile"] + cell["injected"] > 0
            and fnmatch.fnmatchcase(f"{cell['dialect']}.{cell['operation']}", operation)
        ]

    def _judge(self, expected, query):
        __tracebackhide__ = True
        report = self.admin("GET", "conduct", query=query)
        findings = [f"{each['severity']} {each['rule']}: {each['message']}" for each in report["findings"]]
        if findings:
            _fail("no", expected, "\n".join(findings))
        if report["verdict"] != "pass":
            _fail("inconclusive", expected, "no rule had an opportunity, or the journal has dropped requests")


def _fits(status, wanted):
    return str(status)[0] == str(wanted)[0] if str(wanted).endswith("xx") else str(status) == str(wanted)


def _near_miss(miss):
    differences = [f"  {each['field']}: expected {each['expected']!r}, found {each['found']!r}" for each in miss["differences"]]
    return "\n".join([f"near miss #{miss['id']}: {miss['method']} {miss['url']} -> {miss['status']}", *differences])


def _fail(result, expected, found):
    __tracebackhide__ = True
    if result == "inconclusive":
        raise AssertionError(f"Inconclusive: cannot tell whether {expected}.\n{found}")
    raise AssertionError(f"Expected: that {expected}\nFound: {found}")
