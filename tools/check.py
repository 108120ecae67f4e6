"""Runs every check that needs no test: format, lint, types, import contracts, and the types of the JavaScript."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CHECKS = {
    "format": ([PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."], "run `make format`"),
    "lint": ([PYTHON, "-m", "ruff", "check", "--quiet", "."], "mend the lines named above; `make format` mends some"),
    "types": ([PYTHON, "-m", "mypy", "--no-error-summary"], "mend the lines named above"),
    "imports": (
        [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        "an import goes against the layers in pyproject.toml: hand the thing over as an argument",
    ),
}
SCRIPT_PROJECTS = {
    "service-worker/*.js": "tools/types/pages.json",
    "service-worker/worker.js": "tools/types/worker.json",
}


def main() -> None:
    """Prints one line a check; what a check says itself is printed only when it fails."""
    passed = [check(name, command, remedy) for name, (command, remedy) in CHECKS.items()]
    passed += check_scripts()
    if not all(passed):
        sys.exit("make check: not all of it holds; see above.")


def check(name: str, command: list[str], remedy: str) -> bool:
    """Whether the command succeeds."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(done.stdout.rstrip())
    result = f"no: {remedy}" if done.returncode else "ok"
    print(f"{name:10} {time.monotonic() - begun:5.1f} s  {result}", flush=True)
    return done.returncode == 0


def check_scripts() -> list[bool]:
    """The JavaScript's JSDoc types, by the TypeScript compiler where Node is present."""
    projects = [project for files, project in SCRIPT_PROJECTS.items() if any(ROOT.glob(files))]
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("scripts           left out: Node is not installed here (CI has it)")
        return []
    install = ["npm", "ci", "--silent"]
    if not compiler_is_installed() and not check("compiler", install, "npm could not install TypeScript"):
        return [False]
    command = ["node", "node_modules/typescript/bin/tsc", "--project"]
    return [check("scripts", [*command, project], "mend the lines named above") for project in projects]


def compiler_is_installed() -> bool:
    """Whether node_modules is younger than the lock it was made from."""
    made = ROOT / "node_modules" / ".package-lock.json"
    return made.exists() and made.stat().st_mtime >= (ROOT / "package-lock.json").stat().st_mtime


if __name__ == "__main__":
    main()
