"""HTML that the Nu checker has nothing against; Java and the checker are needed.

    npm pack vnu-jar   # unpack it, then
    VNU_JAR=…/vnu.jar pytest tests/test_validity.py

`scripts/test` does this where npm and Java are at hand.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from notesite.building import Builder, BuildOptions

ROOT = Path(__file__).parents[1]
JAR = Path(os.environ.get("VNU_JAR", ROOT / ".cache/vnu/package/build/dist/vnu.jar"))


@pytest.mark.skipif(not shutil.which("java") or not JAR.is_file(), reason="no Java or no vnu.jar")
def test_every_page_is_valid(tmp_path: Path) -> None:
    output = tmp_path / "output"
    report = Builder(BuildOptions(output=output, whole_fonts=True), ROOT).build()
    assert report.is_published
    command = ["java", "-jar", str(JAR), "--errors-only", "--format", "json", "--skip-non-html"]
    done = subprocess.run([*command, str(output)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    wrong = [
        (each["url"].rpartition("/output/")[2], each["message"], each.get("extract", "")[:160])
        for each in messages
        if each["type"] == "error"
    ]
    assert wrong == []
