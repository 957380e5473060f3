"""Writes softmax_f32.hdf5 and softmax_f64.hdf5, parameters of a softmax regression as h5py has them, and groups.hdf5
and arrays.npz, the network of mlp.safetensors: run make_state_dicts.py before.

Run with a Python that has h5py 3.7 and NumPy, in this folder: python3 make_parameters.py
"""

import json
import struct

import h5py
import numpy as np

random = np.random.default_rng(5)
w = random.normal(size=(3, 5))
b = random.normal(size=(3, 1))
for bits in (32, 64):
    with h5py.File(f"softmax_f{bits}.hdf5", "w", track_order=True) as file:
        file.create_dataset("w", data=w.astype(f"f{bits // 8}"))
        file.create_dataset("b", data=b.astype(f"f{bits // 8}"))

with open("mlp.safetensors", "rb") as file:
    (length,) = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
    data = file.read()
tensors = {}
for name, entry in header.items():
    if name == "__metadata__":
        continue
    begin, end = entry["data_offsets"]
    kind = {"F32": np.float32, "I64": np.int64}[entry["dtype"]]
    tensors[name] = np.frombuffer(data[begin:end], kind).reshape(entry["shape"])
np.savez("arrays.npz", **tensors)
with h5py.File("groups.hdf5", "w") as file:  # sorted by name
    for name, array in tensors.items():
        file["net/" + name.replace(".", "/")] = array
