"""What the Python peers share: the words they are told, the data, and the lines they answer."""
import json
import os
import re
import sys
import time

import numpy as np


class Job:
    """What to do, as words key=value; the same as Ijen is told."""

    def __init__(self, arguments):
        words = dict(argument.split("=", 1) for argument in arguments)
        self.probe = words.get("probe") == "1"
        self.threads = int(words["threads"])
        if self.probe:
            return
        self.kind = words["kind"]
        self.layers = [int(width) for width in words["layers"].split(",")]
        self.decides = words["loss"] == "cross-entropy"
        self.batch = int(words["batch"])
        self.adam = words["optimizer"] == "adam"
        self.rate = float(words["rate"])
        self.decay = float(words["decay"])
        self.momentum = float(words["momentum"])
        self.dropout = float(words["dropout"])
        self.warmup = int(words["warmup"])
        self.epochs = int(words["epochs"])
        self.passes = int(words["passes"])
        self.seed = int(words["seed"])
        self.data = words["data"]

    def images(self, part):
        """All samples of a part, "train" or "test", as float32 in [0, 1], [count, width]."""
        raw = np.fromfile(os.path.join(self.data, part + "-images"), np.uint8)
        return raw.reshape(-1, self.layers[0]).astype(np.float32) / np.float32(255)

    def labels(self, part):
        return np.fromfile(os.path.join(self.data, part + "-labels"), np.uint8).astype(np.int64)


def say(**line):
    print(json.dumps(line), flush=True)


def begin(version, product=0.0):
    say(version=version, libraries=libraries(), product=product, cpu=time.process_time())


def epochs(job, epoch):
    """Runs all epochs and tells each; epoch() returns the mean loss."""
    for number in range(job.warmup + job.epochs):
        start = time.perf_counter()
        loss = epoch()
        seconds = time.perf_counter() - start
        say(epoch=number, seconds=seconds, loss=loss, cpu=time.process_time())


def evaluation(job, how, once):
    """Tells how long a pass over the test set takes; once() does one."""
    times = []
    for _ in range(job.passes):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    if times:
        say(evaluation=how, passes=times)


def product(multiply):
    """The speed of a product of two matrices of 512 * 512 floats in GFLOP/s, best of several."""
    best = min(_timed(multiply) for _ in range(10))
    return 2 * 512 ** 3 / best / 1e9


def _timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def libraries():
    """The libraries in this process that multiply matrices or share out work."""
    found = []
    try:
        with open("/proc/self/maps") as maps:
            for line in maps:
                path = line.rstrip().rpartition(" ")[2]
                if re.search(r"/lib[^/]*(blas|blis|mkl|dnnl|omp|atlas|torch_cpu)[^/]*$", path):
                    if path not in found:
                        found.append(path)
    except OSError:
        pass
    return found
