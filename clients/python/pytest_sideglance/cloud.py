"""A running Sideglance: its process and its admin API."""

import json
import os
import re
import shlex
import signal
import subprocess
import urllib.error
import urllib.parse
import urllib.request

ADDRESS = re.compile(r"https?://[^\s/]+:\d+")


class AdminError(Exception):
    """The admin API refused a request."""


class Cloud:
    """A running Sideglance. ``url`` is its address, without a trailing slash."""

    def __init__(self, url, token=None, process=None):
        self.url = url.rstrip("/")
        self._token = token
        self._process = process

    @classmethod
    def start(cls, command, token=None):
        """Start a server with a command such as ``npx sideglance``, on a free port."""
        arguments = [*shlex.split(command), "serve", "--port", "0"]
        # A process group of its own: a launcher such as npx does not pass the signal to stop on to the server.
        process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        lines = []
        for line in process.stdout:
            lines.append(line)
            found = ADDRESS.search(line)
            if found:
                return cls(found.group(), token, process)
        process.wait()
        raise RuntimeError(f"{' '.join(arguments)} did not start:\n{''.join(lines)}")

    def stop(self):
        """Stop the server, if this object started it."""
        if self._process is not None:
            _terminate(self._process)
            # Read what is left, so that the process never waits for its output to be read.
            self._process.communicate()

    def admin(self, method, path, body=None, query=None, root=None):
        """Send a request to the admin API and return the JSON of the response, or ``None``."""
        url = f"{root or self.url}/__admin/{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            # Without the proxies of the environment.
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise AdminError(f"{method} {url}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else None


def _terminate(process):
    if not hasattr(os, "killpg"):
        process.terminate()
        return
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
