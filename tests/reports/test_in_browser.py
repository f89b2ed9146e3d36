"""In a browser: accessible in light and dark, wide and narrow, and not one request.

Needs node, a Chromium, and a folder NODE_PACKAGES in which `npm install playwright-core axe-core` was run.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

NODE, CHROMIUM = shutil.which("node"), shutil.which("chromium") or shutil.which("google-chrome")
PACKAGES = Path(os.environ.get("NODE_PACKAGES", "/opt/leadscore-node"))
RUNNER = Path(__file__).with_name("axe.mjs")
IS_HERE = (
    NODE and CHROMIUM and all((PACKAGES / "node_modules" / name).is_dir() for name in ("playwright-core", "axe-core"))
)

pytestmark = pytest.mark.skipif(not IS_HERE, reason="needs node, chromium, playwright-core and axe-core")


def look(page, scheme, width):
    environment = {**os.environ, "NODE_PACKAGES": str(PACKAGES), "CHROMIUM": str(CHROMIUM)}
    line = [NODE, RUNNER, page.as_uri(), scheme, str(width)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_accessible_and_without_network(pages, tmp_path, scheme, width):
    for name, page in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(page, encoding="utf-8")

        found = look(file, scheme, width)

        assert (found["violations"], found["requests"], found["messages"]) == ([], [], []), name
        assert found["overflow"] == 0, name


def test_what_is_not_accessible_would_be_found(tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<h4>x</h4><img src='http://127.0.0.1:9/x.png'>", encoding="utf-8")

    found = look(file, "light", 800)

    assert {"image-alt", "html-has-lang"} <= {one["id"] for one in found["violations"]}
    assert found["requests"] == ["http://127.0.0.1:9/x.png"]
