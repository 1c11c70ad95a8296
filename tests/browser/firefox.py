"""A headless Firefox, spoken to in its own remote protocol, Marionette.

A message is its length, a colon, and a JSON array: `[0, number, command, parameters]` one way,
`[1, number, error, result]` the other. Source: Firefox's documentation, "Marionette: Protocol".
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_NAMES = ("firefox-esr", "firefox")
_PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
}
_PATIENCE = 180.0


class FirefoxError(Exception):
    """What Firefox answered instead of a result."""


class Firefox:
    """A Firefox with a profile of its own, which ends with the `with` block."""

    def __init__(self, executable: str, profile: Path) -> None:
        self._count = 0
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items())
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [executable, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
        try:
            port = self._port(profile / "MarionetteActivePort")
            self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
            self._stream = self._socket.makefile("rb")
            self._read()
            self.ask("WebDriver:NewSession", {})
        except BaseException:
            self._process.kill()
            raise

    def __enter__(self) -> Firefox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """The result of a command; raises FirefoxError."""
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._read()
        if error:
            raise FirefoxError(error.get("message"))
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def show(self, file: Path) -> None:
        """Opens a page and waits for its fonts."""
        self.ask("WebDriver:Navigate", {"url": file.as_uri()})
        script = "const done = arguments[0]; document.fonts.ready.then(() => done(true))"
        self.ask("WebDriver:ExecuteAsyncScript", {"script": script, "args": []})

    def run(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.execute(f"return {expression}")

    def execute(self, script: str) -> Any:
        """What a script in the page returns."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def resize(self, width: int, height: int) -> None:
        """Gives the page this width; the window's frame comes on top."""
        frame = self.run("window.outerWidth - window.innerWidth")
        self.ask("WebDriver:SetWindowRect", {"width": width + frame, "height": height})

    def _read(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) not in {b":", b""}:
            length += byte
        return json.loads(self._stream.read(int(length)))

    def _port(self, file: Path) -> int:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            text = file.read_text(encoding="ascii").strip() if file.exists() else ""
            if text:
                return int(text)
            time.sleep(0.1)
        raise FirefoxError("Firefox does not start")


def find_firefox() -> str:
    """The path of Firefox; skips the test where there is none."""
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        pytest.skip(f"none of {', '.join(_NAMES)} is installed")
    return executable
