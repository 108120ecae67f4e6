"""Makes .venv hold exactly what the lock file says: run by make before everything else, with whatever Python is there.

    python3 tools/environment.py        what `fieldapp` needs to run
    python3 tools/environment.py dev    and what its tests and checks need

The file keeps to syntax that Python 2 can read, so that an old interpreter gets a sentence instead of a syntax error.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
PIP_INSTALL = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST = (3, 11)
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]
SHOW_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"
TAIL_OF_OUTPUT = 15


def main(arguments):
    """Brings the environment up to date; prints nothing when it already is."""
    os.chdir(ROOT)
    kind = "dev" if "dev" in arguments or stamped("dev") else "run"
    if not sound():
        make_environment()
    if stamp_of(kind) != read_stamp(kind):
        synchronize(kind)
    if stamp_of("package") != read_stamp("package"):
        install_package()


def stop(sentence):
    """Ends the run with a sentence for the person at the keyboard."""
    sys.exit("\n".join(["", sentence, ""]))


def version_of(python):
    """The (major, minor) that the interpreter reports, or None where it does not start."""
    try:
        shown = subprocess.check_output([python, "-c", SHOW_VERSION], stderr=subprocess.STDOUT).decode().strip()
        return tuple(int(part) for part in shown.split("."))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def sound():
    """Whether .venv has an interpreter that starts and is new enough."""
    version = version_of(PYTHON)
    return version is not None and version >= OLDEST


def interpreter():
    """The Python that makes the environment: this one, else a newer one on the PATH."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for name in NEWER_PYTHONS:
        version = version_of(name)
        if version is not None and version >= OLDEST:
            return name
    return stop(
        "fieldapp needs Python 3.11 or newer; this is %d.%d (%s). Install a newer one and name it: "
        "make PYTHON=/path/to/python3.12 ..." % (sys.version_info[0], sys.version_info[1], sys.executable)
    )


def make_environment():
    """A fresh .venv; one that was left half-made is replaced."""
    python = interpreter()
    if os.path.exists(VENV):
        say(".venv is not usable (half-made, or its Python is gone or too old): making it anew")
    else:
        say("making .venv")
    if run([python, "-m", "venv", "--clear", VENV]) or not sound():
        stop(
            "Python could not make the environment .venv. On Debian and Ubuntu the part it needs comes with "
            "`apt-get install python3-venv`; otherwise the lines above say what is missing. Then run make again."
        )


def synchronize(kind):
    """Installs what the lock names, each file checked against its hash, and removes the rest."""
    forget_stamps()
    lock = LOCKS[kind]
    say("installing what %s names" % lock)
    if put_uv_in() and not run([uv(), "pip", "sync", "--python", PYTHON, "--require-hashes", "--quiet", lock]):
        return write_stamp(kind)
    say("uv could not do it; trying pip, which takes some minutes")
    if not has_pip() or run(PIP_INSTALL + ["--require-hashes", "-r", lock]):
        stop(
            "The packages could not be installed. Check that this machine reaches its package index "
            "(the lines above name what failed), then run make again: it goes on where it stopped."
        )
    return write_stamp(kind)


def put_uv_in():
    """Whether uv, in the version and with the hashes of the lock, is in the environment."""
    if os.path.exists(uv()) and not run([uv(), "--version"]):
        return True
    wanted = os.path.join(VENV, "uv.txt")
    with open(wanted, "w") as file:
        file.write(pinned("uv"))
    return has_pip() and not run(PIP_INSTALL + ["--force-reinstall", "--require-hashes", "-r", wanted])


def pinned(package):
    """The package's lines in the lock: version and hashes."""
    lines = []
    with open(LOCKS["run"]) as lock:
        for line in lock:
            if line.startswith(package + "==") or (lines and line.startswith("    --hash")):
                lines.append(line)
            elif lines:
                break
    return "".join(lines)


def has_pip():
    """Whether the environment has pip; it is unpacked from Python's own copy where it is missing."""
    return not run([PYTHON, "-m", "pip", "--version"], aloud=False) or not run([PYTHON, "-m", "ensurepip"])


def install_package():
    """Makes .venv/bin/fieldapp, which runs the files of this checkout."""
    with_uv = [uv(), "pip", "install", "--python", PYTHON, "--quiet"]
    installer = with_uv if os.path.exists(uv()) else PIP_INSTALL
    if run(installer + ["--no-deps", "--no-build-isolation", "-e", "."]):
        stop("The fieldapp package could not be installed; the lines above say why. Mend it, then run make again.")
    write_stamp("package")


def uv():
    """Where uv is once it is in the environment."""
    return os.path.join(VENV, "bin", "uv")


def run(command, aloud=True):
    """Runs the command silently; returns its status and, where aloud, prints the end of what it said when it failed."""
    environment = dict(os.environ, VIRTUAL_ENV=VENV, PYTHONWARNINGS="ignore")
    try:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as error:
        say("%s: %s" % (command[0], error))
        return 1
    output = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode and aloud:
        sys.stderr.write("\n".join(output.splitlines()[-TAIL_OF_OUTPUT:]) + "\n")
    return process.returncode


def stamp_of(kind):
    """What the stamp must say for this part to be up to date."""
    sources = ["pyproject.toml"] if kind == "package" else [LOCKS[kind]]
    digest = hashlib.sha256(ROOT.encode("utf-8"))  # a checkout that moved needs its commands written anew
    for source in sources:
        with open(source, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp_path(kind):
    """The file that remembers what was installed last."""
    return os.path.join(VENV, "installed-%s" % kind)


def stamped(kind):
    """Whether this kind was ever installed here."""
    return os.path.exists(stamp_path(kind))


def read_stamp(kind):
    """What was installed last, or an empty text."""
    if not stamped(kind):
        return ""
    with open(stamp_path(kind)) as file:
        return file.read()


def write_stamp(kind):
    """Remembers what is installed now."""
    with open(stamp_path(kind), "w") as file:
        file.write(stamp_of(kind))


def forget_stamps():
    """Nothing counts as installed while an installation is under way."""
    for kind in ("run", "dev", "package"):
        if stamped(kind):
            os.remove(stamp_path(kind))


def say(sentence):
    """One line of progress."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Stopped. Run make again: it goes on where it stopped.")
