"""The Python environment that executes notebooks: made once, from pinned packages."""

import hashlib
import re
import subprocess
import sys


def without_venv(argv):
    """The command line without --venv and its value."""
    at = argv.index("--venv")
    return argv[:at] + argv[at + 2 :]


def environment(folder, requirements):
    """The environment's Python; None where this one has the wanted packages already."""
    if has_packages(requirements):
        return None
    python = folder / "bin" / "python"
    stamp = folder / "made-from"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest() + " " + sys.version.split()[0]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        lock_exclusively(lock)
        if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
            print("Making a Python environment for the notebooks (once, about 65 MB) …", file=sys.stderr, flush=True)
            make_environment(folder, python, requirements)
            stamp.write_text(wanted)
    return python


def has_packages(requirements):
    """Whether this Python has nbclient and nbconvert in the pinned versions."""
    from importlib import metadata

    pins = dict(re.findall(r"^(nbclient|nbconvert)==(\S+)", requirements.read_text(), re.MULTILINE))
    try:
        return all(metadata.version(name) == version for name, version in pins.items())
    except metadata.PackageNotFoundError:
        return False


def make_environment(folder, python, requirements):
    make = [sys.executable, "-m", "venv", "--clear", str(folder)]
    fill = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
    hints = {"venv": "Debian and Ubuntu: apt install python3-venv", "pip": "is the package index within reach?"}
    for command in (make, fill):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            said = done.stdout.strip() or f"exit status {done.returncode}"
            print(said, file=sys.stderr)
            reason = said.splitlines()[-1]
            print(f"Cannot make a Python environment: {command[2]} failed: {reason} ({hints[command[2]]})", file=sys.stderr)
            sys.exit(2)


def lock_exclusively(file):
    """Waits for other runs that make the same environment. The lock is the kernel's: it dies with its owner."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)
