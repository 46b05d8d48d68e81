import subprocess
import sys
from pathlib import Path

import pytest

from clusterfit import diagnosis

PROGRAM = Path(diagnosis.__file__)


def test_modules_are_told_with_their_version_or_their_error():
    modules = diagnosis.diagnose(["torch", "no_such_module"])["modules"]
    assert set(modules["torch"]) == {"version", "file"}
    assert modules["no_such_module"]["error"].startswith("ModuleNotFoundError: ")


def test_pytorch_and_faiss_compute_what_they_should():
    found = diagnosis.diagnose(["torch", "faiss"])
    assert found["torch"]["computes"] is True
    assert found["faiss"]["computes"] is True
    assert found["installed"]["numpy"]


def test_what_is_not_imported_is_not_asked():
    found = diagnosis.diagnose(["json"])
    assert (found["torch"], found["faiss"]) == (None, None)


def test_openmp_runtimes_are_found_by_their_names_each_once(tmp_path: Path):
    maps = tmp_path / "maps"
    maps.write_text(
        "7f0-7f1 r-xp 0 00:00 1 /a b/libgomp-e98.so.1.0.0\n"
        "7f1-7f2 r--p 0 00:00 1 /a b/libgomp-e98.so.1.0.0\n"
        "7f2-7f3 r--p 0 00:00 2 /c/libiomp5.so\n"
        "7f3-7f4 r--p 0 00:00 3 /c/libcompression.so\n"
        "7f4-7f5 rw-p 0 00:00 0 [heap]\n"
        "7f5-7f6 rw-p 0 00:00 0\n"
    )
    assert diagnosis.openmp_runtimes(maps) == ["/a b/libgomp-e98.so.1.0.0", "/c/libiomp5.so"]
    assert diagnosis.openmp_runtimes(tmp_path / "missing") is None


def test_it_is_a_program_that_needs_nothing_of_the_package():
    ran = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), "json"], capture_output=True, check=True, text=True
    )
    assert '"cpus": ' in ran.stdout
    assert diagnosis.cpus() >= 1


@pytest.mark.parametrize("name", ["torch", "faiss"])
def test_a_broken_package_is_an_error_not_an_end(name: str, tmp_path: Path):
    (tmp_path / f"{name}.py").write_text("raise RuntimeError('broken')")
    program = "import sys, runpy; sys.path.insert(0, sys.argv[1]); sys.argv[1:] = [sys.argv[2]]; "
    program += f"runpy.run_path({str(PROGRAM)!r}, run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), name],
        capture_output=True,
        check=True,
        text=True,
    )
    assert '"error": "RuntimeError: broken"' in ran.stdout
