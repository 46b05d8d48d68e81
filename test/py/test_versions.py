import sys
from subprocess import run

import faiss
import torch

from clusterfit.versions import installed


def test_installed_gives_what_the_packages_say_of_themselves():
    found = installed()
    assert found["torch"] == torch.__version__
    assert found["faiss"] == faiss.__version__
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))


def test_installed_imports_none_of_them():
    code = (
        "import sys; from clusterfit.versions import installed; installed(); "
        "print(sorted({'torch', 'faiss', 'numpy', 'torchvision'} & set(sys.modules)))"
    )
    result = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
