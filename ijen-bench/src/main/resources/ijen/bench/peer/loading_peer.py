"""NumPy as one of those that load data: from files to the first shuffled batch as float32 in memory,
as scripts do it. h5py reads HDF5, gzip of the standard library what is compressed."""
import gzip
import os
import sys
import time

import numpy as np

import peer

BATCH = 128
VERSION = np.__version__


def idx(folder):
    def read(name, offset):
        with gzip.open(os.path.join(folder, name + ".gz"), "rb") as file:
            return np.frombuffer(file.read(), np.uint8, offset=offset)

    parts = []
    for part in ("train", "t10k"):
        parts.append(read(part + "-images-idx3-ubyte", 16).reshape(-1, 28, 28))
        parts.append(read(part + "-labels-idx1-ubyte", 8))
    return parts[0], parts[1]


def npy(folder):
    names = ("x_train", "y_train", "x_test", "y_test")
    parts = [np.load(os.path.join(folder, name + ".npy")) for name in names]
    return parts[0], parts[1]


def hdf5(file):
    with h5py.File(file, "r") as f:
        parts = [f[name][:] for name in ("x_train", "y_train", "x_test", "y_test")]
    return parts[0], parts[1]


def csv(file):
    table = np.loadtxt(file, np.uint8, delimiter=",", skiprows=1)
    return table[:, 1:], table[:, 0]


def gather(images, labels, indices):
    return images[indices].astype(np.float32) / np.float32(255), labels[indices].astype(np.float32)


def seconds(load, data, seed):
    start = time.perf_counter()
    images, labels = load(data)
    order = np.random.default_rng(seed).permutation(len(labels))
    gather(images, labels, order[:BATCH])
    return time.perf_counter() - start


def checksum(images, labels):
    """The sum of the bits of each float times its place; of that the last 52 bits."""
    x, y = gather(images, labels, np.arange(BATCH) * 7919 % len(labels))
    bits = np.concatenate([x.ravel(), y]).view(np.uint32).astype(np.uint64)
    return float(np.sum(bits * np.arange(1, len(bits) + 1, dtype=np.uint64)) & np.uint64(2 ** 52 - 1))


words = dict(argument.split("=", 1) for argument in sys.argv[1:])
load = {"idx": idx, "npy": npy, "hdf5": hdf5, "csv": csv}[words["format"]]
if load is hdf5:
    import h5py

    VERSION += ", h5py " + h5py.__version__
first = seconds(load, words["data"], 0)
peer.begin(VERSION)
peer.say(evaluation="first", passes=[first])
peer.say(test=checksum(*load(words["data"])))
end = time.perf_counter() + float(words["warmup"])
while time.perf_counter() < end:
    seconds(load, words["data"], 1)
peer.say(evaluation="warm", passes=[seconds(load, words["data"], i) for i in range(int(words["passes"]))])
