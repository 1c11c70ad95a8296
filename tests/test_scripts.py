"""Scripts whose types agree, as far as TypeScript can tell of plain JavaScript; Node is needed.

    npm pack typescript@5.9.3   # unpack it, then
    TSC=…/package/bin/tsc pytest tests/test_scripts.py

`scripts/test` does this where npm is at hand. The few places where a browser's type is not known
from the code say it in JSDoc.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TSC = Path(os.environ.get("TSC", ROOT / ".cache/typescript/package/bin/tsc"))
OPTIONS = {
    "allowJs": True, "checkJs": True, "noEmit": True, "target": "es2023", "module": "es2022",
    "lib": ["es2023", "dom", "dom.iterable"], "types": [], "noUnusedLocals": True,
    "noFallthroughCasesInSwitch": True, "strict": True,
}  # fmt: skip


def complaints(folder: Path, scripts: list[Path]) -> str:
    """What TypeScript has against the scripts."""
    project = {"compilerOptions": OPTIONS, "files": [str(script) for script in scripts]}
    (folder / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    command = ["node", str(TSC), "--project", str(folder), "--pretty", "false"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.skipif(
    not shutil.which("node") or not TSC.is_file(), reason="no Node or no TypeScript"
)
def test_types_agree_in_every_script(tmp_path: Path) -> None:
    own = [*(ROOT / "static/js").rglob("*.js"), *(ROOT / "src/notesite/server").glob("*.js")]
    assert len(own) > 8
    assert complaints(tmp_path, own) == ""
    slip = tmp_path / "slip.js"
    slip.write_text("document.querySelector('a').hreff;", encoding="utf-8")
    assert "TS2551" in complaints(tmp_path, [slip])
