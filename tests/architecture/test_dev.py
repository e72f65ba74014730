"""The script that sets everything up is plain sh and lists its 10 commands."""

import subprocess


def test_the_script_is_posix_and_lists_its_commands():
    subprocess.run(["/bin/sh", "-n", "dev"], check=True)
    said = subprocess.run(["./dev"], check=True, capture_output=True, text=True).stdout
    for name in ("run", "test", "check", "format", "bench", "screenshots", "routes"):
        assert f"./dev {name}" in said
