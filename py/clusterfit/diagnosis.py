"""What this Python's packages are, as a program of its own: `python diagnosis.py torch faiss`.

It imports the modules named, in that order, computes a little with PyTorch and FAISS and prints one
line of JSON. Importing may end the process, so whoever asks starts another one. It stands alone:
nothing of the package around it is imported.
"""

import contextlib
import importlib
import json
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


def diagnose(names: list[str]) -> dict[str, Any]:
    """Import the modules in this order, and tell what they are.

    `modules` has, by name, the version and the file, or the error with which it cannot be imported;
    `installed` the versions of packages that others import.
    `torch` and `faiss` are None where they are not there. `openmp` has the paths of the OpenMP
    runtimes in this process, and is None where the system does not list them.
    """
    modules = {name: _import(name) for name in names}
    return {
        "modules": modules,
        "installed": _installed(),
        "torch": _torch() if "version" in modules.get("torch", {}) else None,
        "faiss": _faiss() if "version" in modules.get("faiss", {}) else None,
        "openmp": openmp_runtimes(Path("/proc/self/maps")),
    }


def openmp_runtimes(maps: Path) -> list[str] | None:
    """Return the paths of the OpenMP runtimes among the mapped files, each once, sorted."""
    try:
        lines = maps.read_text().splitlines()
    except OSError:
        return None
    paths = {line.split(maxsplit=5)[-1] for line in lines if "/" in line}
    return sorted(path for path in paths if re.match(r"lib(gomp|i?omp)", Path(path).name))


def _import(name: str) -> dict[str, str]:
    try:
        module = importlib.import_module(name)
    except Exception as error:  # whatever a broken package raises
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "version": str(getattr(module, "__version__", "unknown")),
        "file": str(getattr(module, "__file__", "unknown")),
    }


def _installed() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("torchvision", "numpy", "safetensors", "Pillow"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _torch() -> dict[str, Any]:
    import torch

    square = torch.ones(256, 256)
    capabilities = torch.cpu.get_capabilities()
    fast = any(capabilities.get(name, False) for name in ("avx512_bf16", "amx_bf16"))
    gpus = range(torch.cuda.device_count()) if torch.cuda.is_available() else range(0)
    return {
        "computes": bool((square @ square)[0, 0] == 256),
        "cuda": torch.version.cuda,
        "gpus": [
            {
                "name": torch.cuda.get_device_name(gpu),
                "memory": torch.cuda.get_device_properties(gpu).total_memory,
            }
            for gpu in gpus
        ],
        "cpu": torch.backends.cpu.get_cpu_capability(),
        "bf16": fast and torch.ops.mkldnn._is_mkldnn_bf16_supported(),
        "threads": torch.get_num_threads(),
    }


def _faiss() -> dict[str, Any]:
    import faiss
    import numpy

    index = faiss.IndexFlatL2(8)
    rows = numpy.eye(8, dtype=numpy.float32)
    index.add(rows)  # pyright: ignore[reportCallIssue]
    _, nearest = index.search(rows, 1)  # pyright: ignore[reportCallIssue]
    return {
        "computes": nearest[:, 0].tolist() == list(range(8)),
        "options": faiss.get_compile_options().strip(),
        "gpus": faiss.get_num_gpus(),
        "threads": faiss.omp_get_max_threads(),
    }


def cpus() -> int:
    """Return how many CPUs this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    print(json.dumps({**diagnose(sys.argv[1:]), "cpus": cpus()}))
