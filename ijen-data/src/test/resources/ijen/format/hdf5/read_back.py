"""Prints what h5py reads from the file that is named: a line for each data set and attribute."""

import sys

import h5py
import numpy as np


def visit(name, item):
    if isinstance(item, h5py.Dataset):
        data = item[()]
        flat = np.asarray(data).ravel().tolist()
        chunks = "contiguous" if item.chunks is None else "x".join(map(str, item.chunks))
        print(name, item.dtype.name, list(item.shape), chunks, item.compression, item.shuffle, flat, sep="|")


with h5py.File(sys.argv[1], "r") as file:
    file.visititems(visit)
    for key in sorted(file.attrs):
        value = file.attrs[key]
        print("@" + key, value.decode() if isinstance(value, bytes) else value, sep="|")
