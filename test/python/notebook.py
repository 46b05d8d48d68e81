"""Runs cells in Deno's Jupyter kernel, installed in argv[1], from the folder argv[2].

Standard input is a JSON array of cells; standard output, for each cell, the messages that a notebook
would show: [type, content].
"""

import json
import sys

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

specs = KernelSpecManager(kernel_dirs=[f"{sys.argv[1]}/jupyter/kernels"])
manager = KernelManager(kernel_name="deno", kernel_spec_manager=specs)
manager.start_kernel(cwd=sys.argv[2])
client = manager.client()
client.start_channels()
try:
    client.wait_for_ready(timeout=300)
    shown = []
    for cell in json.load(sys.stdin):
        messages = []
        client.execute_interactive(cell, timeout=300, output_hook=messages.append)
        shown.append(
            [
                [message["msg_type"], message["content"]]
                for message in messages
                if message["msg_type"] not in ("status", "execute_input")
            ]
        )
    json.dump(shown, sys.stdout)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
