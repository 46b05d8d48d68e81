"""Runs cells in Deno's Jupyter kernel, installed in argv[1], from the folder argv[2].

Standard input is a JSON array of cells, each of which ends in a value or an error; standard output,
for each cell, the messages that a notebook would show: [type, content].
"""

import json
import sys

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ENDS = {"execute_result", "error"}  # the kernel may say that it is idle before it sends one

specs = KernelSpecManager(kernel_dirs=[f"{sys.argv[1]}/jupyter/kernels"])
manager = KernelManager(kernel_name="deno", kernel_spec_manager=specs)
manager.start_kernel(cwd=sys.argv[2])
client = manager.client()
client.start_channels()


def run(cell):
    request = client.execute(cell)
    shown, expected = [], {"idle", "end"}
    while expected:
        message = client.get_iopub_msg(timeout=300)
        kind, content = message["msg_type"], message["content"]
        if message["parent_header"].get("msg_id") != request or kind == "execute_input":
            continue
        if kind == "status":
            expected.discard(content["execution_state"])
            continue
        shown.append([kind, content])
        if kind in ENDS:
            expected.discard("end")
    return shown


try:
    client.wait_for_ready(timeout=300)
    json.dump([run(cell) for cell in json.load(sys.stdin)], sys.stdout)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
