"""Writes the two lock files: every package with its version and hashes, for every platform, and no registry's name."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"


def main(flags: list[str]) -> None:
    """Compiles what runs first; the developers' lock then takes exactly its versions and adds to them."""
    compile_lock(RUN_LOCK, ["--group", "build", *flags])
    compile_lock(DEV_LOCK, ["--group", "build", "--group", "dev", "--constraints", RUN_LOCK, *flags])


def compile_lock(output: str, options: list[str]) -> None:
    """One run of uv's resolver; ends the program with its message when it finds no answer."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--output-file", output, "--quiet"]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-annotate", *options]
    environment = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        sys.exit(f"{output} stays as it was: the lines above say which requirement cannot be met.")
    print(f"{output} is up to date")


if __name__ == "__main__":
    main(sys.argv[1:])
