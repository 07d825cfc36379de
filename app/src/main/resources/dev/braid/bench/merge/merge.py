"""PyTorch's side of `braid bench merge`: the one-shot merge in idiomatic PyTorch.

Usage: merge.py SHAPES TASKS THREADS. SHAPES is a JSON file with a list of shapes. It draws a delta for
every shape for every task and prints "ready VERSION"; then it answers each line of stdin: a number N
with the seconds of N merges, "peak" with their peak memory in addition to the deltas, in bytes.
"""

import json
import os
import sys
import time

SHAPES, TASKS, THREADS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import torch  # noqa: E402  (the number of threads is read at the import)

torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)
torch.manual_seed(1)


def memory(name):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024
    raise SystemExit(f"there is no {name} in /proc/self/status")


def merge(ts):
    """METHODS 2.2: the unified delta, the masks, and the sums for the rescalers."""
    d = torch.stack(ts)
    s = torch.where(d.sum(0) > 0, 1.0, -1.0)
    m = d * s > 0
    u = s * (d.abs() * m).amax(0)
    n = d.abs().flatten(1).mean(1)
    q = (u * m).abs().flatten(1).mean(1)
    return u, m, n, q


with open(SHAPES) as file:
    shapes = json.load(file)
deltas = [[torch.randn(shape) * 1e-3 for _ in range(TASKS)] for shape in shapes]
held = memory("VmRSS")  # before any merge: an allocator may keep what a merge frees
merge(deltas[0])
with open("/proc/self/clear_refs", "w") as file:
    file.write("5")  # reset the peak

print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    if line.strip() == "peak":
        print(memory("VmHWM") - held, flush=True)
        continue
    begin = time.perf_counter()
    for _ in range(int(line)):
        for ts in deltas:
            merge(ts)
    print(time.perf_counter() - begin, flush=True)
