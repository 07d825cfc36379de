#!/usr/bin/env python3
"""Reads a Braid store without Braid: docs/format.md as a program.

    python3 read_store.py STORE                      what the head of line main knows, and how it answers
    python3 read_store.py STORE TASK                 the task's delta as the head has it: norm, share of zeros, SHA-256
    python3 read_store.py STORE TASK model.safetensors
                                                     compares base + delta with what 'braid export' wrote

Needs Python 3.9 and pyarrow. Every file is compared with its digest or seal before it is used.
"""

import hashlib
import json
import math
import struct
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SEAL = b',"sha-256":"'


class Store:
    def __init__(self, root):
        self.root = Path(root)
        self.info = self.sealed("store.json")
        if self.info["format"] not in (1, 2, 3):
            sys.exit(f"{root} has format {self.info['format']}; this reader knows 1 to 3")

    def sealed(self, name):
        """A file that ends with the SHA-256 of what stands before it (one of before the first release may not)."""
        data = (self.root / name).read_bytes()
        start = data.rfind(SEAL)
        if start < 0:
            return json.loads(data)
        fields = json.loads(data)
        if fields.pop("sha-256") != hashlib.sha256(data[:start]).hexdigest():
            sys.exit(f"{name} does not end with the SHA-256 of what it says")
        return fields

    def object(self, digest, extension):
        """The bytes of an object, compared with its name."""
        name = f"objects/{digest[:2]}/{digest}.{extension}"
        data = (self.root / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            sys.exit(f"{name} has other bytes than were stored")
        return data

    def record(self, digest):
        return json.loads(self.object(digest, "json"))

    def statistics(self, digest):
        """A task's statistics: the dimension, and for each class its number of pictures and its sum; Σ f · fᵀ."""
        data = self.object(digest, "f64")
        dimension, classes = struct.unpack_from("<2i", data)
        counts = struct.unpack_from(f"<{classes}q", data, 8)
        values = struct.unpack(f"<{classes * dimension + dimension * (dimension + 1) // 2}d", data[8 + 8 * classes :])
        sums = [values[k * dimension : (k + 1) * dimension] for k in range(classes)]
        return dimension, counts, sums, values[classes * dimension :]

    def head(self, line="main"):
        """The manifest with the highest number."""
        names = [path.name for path in (self.root / "versions" / line).glob("[0-9]" * 6 + ".json")]
        if not names:
            sys.exit(f"line {line} has no version")
        return self.sealed(f"versions/{line}/{max(names)}")

    def rows(self, digest):
        """The rows of a blob as Arrow arrays, one after the other: a row of bits is an Arrow bitmap as it is."""
        blob = self.record(digest)
        element = {"float32": pa.float32(), "bit": pa.bool_(), "uint8": pa.uint8(), "uint16": pa.uint16()}[blob["element"]]
        left = blob["coordinates"]
        for shard in blob["shards"]:
            in_shard = min(left, blob["shard-length"])
            left -= in_shard
            file = pq.ParquetFile(pa.BufferReader(self.object(shard["digest"], "parquet")))
            for group in range(file.num_row_groups):
                row = file.read_row_group(group)
                assert row["row"].to_pylist() == [group]
                length = min(in_shard, blob["row-length"])
                in_shard -= length
                yield pa.Array.from_buffers(element, length, [None, row["data"][0].as_buffer()])

    def vector(self, digest):
        return pa.concat_arrays(self.rows(digest))


def size(tensor):
    return math.prod(tensor["shape"])


def groups(space):
    """The group of every tensor: attention's q, k and v of a full space are one, else each is its own."""
    numbers, result = {}, []
    for tensor in space["tensors"]:
        name = tensor["name"]
        if space["kind"] == "full":
            for part in ("q_proj", "k_proj", "v_proj"):
                for kind in ("weight", "bias"):
                    end = f".{part}.{kind}"
                    if name.endswith(end):
                        name = name[: -len(end)] + ".in_proj_" + kind
        result.append(numbers.setdefault(name, len(numbers)))
    return result


def rescalers(space, lambdas):
    """λ of every coordinate."""
    if len(lambdas) == 1:
        return pa.scalar(lambdas[0], pa.float32())
    return pa.concat_arrays(
        [pa.repeat(pa.scalar(lambdas[group], pa.float32()), size(tensor)) for tensor, group in zip(space["tensors"], groups(space))]
    )


def delta(store, model, learned, task):
    """float32(λ · u) where the task's trigger is set, else +0."""
    unified = store.vector(model["state"]["u"])
    planes = {name: store.vector(digest) for name, digest in task["planes"].items()}
    if model["truth"] == "decoupled":
        last_flip = store.vector(model["state"]["last-flip"])
        mask = pc.and_(planes["birth"], pc.less_equal(last_flip, pa.scalar(learned["step"], last_flip.type)))
    else:
        zero = pa.scalar(0, pa.float32())
        agrees = pc.if_else(planes["sign"], pc.less(unified, zero), pc.greater(unified, zero))
        mask = pc.and_(planes["nonzero"], agrees)
    scaled = pc.multiply(unified, rescalers(model["space"], learned["lambda"]))
    zero = pa.scalar(0, pa.float32())
    return pc.add(pc.if_else(mask, scaled, zero), zero)  # -0 + 0 is +0


def tensors(space, vector):
    """The flattened vector as (name, values)."""
    start = 0
    for tensor in space:
        yield tensor["name"], vector.slice(start, size(tensor))
        start += size(tensor)


def values(array):
    """The float32 values as little-endian bytes."""
    offset = array.offset * 4
    return array.buffers()[1].to_pybytes()[offset : offset + len(array) * 4]


def norm(array):
    wide = pc.cast(array, pa.float64())
    return math.sqrt(pc.sum(pc.multiply(wide, wide)).as_py() or 0)


def compare(store, model, change, path):
    """Compares base + delta, tensor by tensor, with a safetensors file."""
    if model["space"]["kind"] != "full":
        sys.exit("An adapter must be folded into the base first; its delta is not over the base's tensors")
    base = store.record(store.info["base"])
    tuned = dict(tensors(model["space"]["tensors"], change))
    data = Path(path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    for name, plain in tensors(base["tensors"], store.vector(store.info["weights"])):
        expert = pc.add(plain, tuned[name]) if name in tuned else plain
        begin, end = header[name]["data_offsets"]
        if values(expert) != data[8 + length + begin : 8 + length + end]:
            sys.exit(f"{name} differs from {path}")
    print(f"{len(base['tensors'])} tensors of {path} are base + delta, bit by bit")


def answers(store, model):
    """Prints how the model answers; one of format 1 or 2 has no rule in its record."""
    rule = model.get("rule", {"kind": "prototypes", "experts": 4, "weighting": "mean"})
    if model["strategy"] == "pam" or not model["tasks"]:
        return
    print(f"  answers by {rule['kind']}, at most {rule['experts']} experts a picture")
    if rule["kind"] == "prototypes":
        print(f"    weighting {rule['weighting']}")
        return
    print(f"    answers {rule['answers']}, threshold {rule['threshold']:.6g}, from {rule['sample']} pictures a task")
    for task, own in rule["tasks"].items():
        dimension, counts, sums, products = store.statistics(own["statistics"])
        print(f"    {task}: temperature {own['temperature']:g}, alpha {own['alpha']:g}, beta {own['beta']:g}")
        print(f"      statistics of {sum(counts)} pictures of {len(counts)} classes, dimension {dimension}")
        trace, row = 0.0, 0  # of unit vectors, so it is the number of pictures
        for i in range(dimension):
            trace, row = trace + products[row], row + dimension - i
        lengths = " ".join(f"{math.hypot(*each) / max(1, count):.4g}" for each, count in zip(sums, counts))
        print(f"      trace of the products {trace:.6g}, lengths of the class means {lengths}")


def last_run(store, line):
    """Prints how the line's last run ended; a store of an earlier release has no runs."""
    names = sorted((store.root / "runs" / line).glob("*.json"))
    if names:
        run = store.sealed(f"runs/{line}/{names[-1].name}")
        if run["format"] == 1:
            why = ": " + run["reason"] if "reason" in run else ""
            print(f"last run {run['id']} ended at {run['ended']}: {run['ending']}{why}")


def main(root, name=None, exported=None):
    store = Store(root)
    head = store.head()
    model = store.record(head["model"])
    print(f"version {head['number']} of line {head['line']}: {head['action']}, model {head['model']}")
    last_run(store, head["line"])
    answers(store, model)
    for learned in model["tasks"]:
        task = store.record(learned["record"])
        print(f"  task {task['task']}: {len(task['class-names'])} classes, learned in step {learned['step']}")
        if task["task"] != name:
            continue
        change = delta(store, model, learned, task)
        zeros = pc.sum(pc.equal(change, pa.scalar(0, pa.float32()))).as_py()
        print(f"    delta: {len(change)} coordinates, norm {norm(change):.6g}, zeros {zeros / len(change):.4f}")
        print(f"    SHA-256 of its float32 values: {hashlib.sha256(values(change)).hexdigest()}")
        for tensor, part in tensors(model["space"]["tensors"], change):
            print(f"    {norm(part):12.6g}  {tensor}")
        if exported:
            compare(store, model, change, exported)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
