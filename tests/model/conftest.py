import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def converted(tmp_path_factory):
    """Workbooks as LibreOffice saves them, in a folder of their own: converted([path …], "ods")."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not on this machine")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(paths, suffix):
        folder = tmp_path_factory.mktemp(suffix)
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", folder, *paths], check=True, capture_output=True, timeout=180)
        return [folder / f"{path.stem}.{suffix}" for path in paths]

    return convert
