import subprocess
import sys

import pytest

FAULTS = """
import resource, sys, threading
import torch
from clusterfit.memory import keep_freed

def work():
    def faults():
        return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    def compute():
        hidden = torch.ones(1 << 20) * 2  # 4 MiB: 1024 pages
        return [hidden + step for step in range(8)]
    compute()
    before = faults()
    for _ in range(20):
        compute()
    print(faults() - before)

if sys.argv[1] == "keep" and not keep_freed():
    print("refused")
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


def faults(mode: str) -> int:
    command = [sys.executable, "-c", FAULTS, mode]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="mallopt is glibc's")
def test_memory_that_a_thread_freed_is_used_again_without_page_faults():
    kept, default = faults("keep"), faults("default")
    assert kept < default / 4, (kept, default)
