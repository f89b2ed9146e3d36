"""Network shares are told from disks."""

import pytest

from leadscore.runs.disks import shared_kind

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//server/x /mnt/with\040space cifs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdb1 /mnt/stick fuseblk rw 0 0
/dev/sdc1 /mnt/share/local ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/state.db", ""),
        ("/mnt/share/state.db", "nfs4"),
        ("/mnt/shared/state.db", ""),
        ("/mnt/share/local/state.db", ""),
        ("/mnt/with space/deep/state.db", "cifs"),
        ("/mnt/ssh/state.db", "fuse.sshfs"),
        ("/mnt/stick/state.db", ""),
    ],
)
def test_kinds(tmp_path, path, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)

    assert shared_kind(path, mounts) == kind


def test_where_nobody_knows(tmp_path):
    assert shared_kind(tmp_path, tmp_path / "absent") == ""
