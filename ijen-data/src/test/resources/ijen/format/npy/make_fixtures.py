"""Writes the NPY and NPZ files that NpyTest and NpzTest read: every type, byte order and layout, as NumPy writes them.

    python3 make_fixtures.py

NumPy 1.24 and 2.4 write the same members; those that are here are by 2.4. The values are repeated in Fixtures.java.
"""

import io
import pathlib
import zipfile

import numpy as np

HERE = pathlib.Path(__file__).parent


def values(dtype):
    if dtype.kind == "b":
        return [True, False, True, True, False, False]
    if dtype.kind == "f":
        info = np.finfo(dtype)
        return [1.5, -0.0, info.max, info.smallest_subnormal, np.inf, np.nan]
    info = np.iinfo(dtype)
    if dtype.kind == "i":
        return [info.min, -1, 0, 1, 42, info.max]
    return [0, 1, 42, info.max // 2 + 1, info.max - 1, info.max]


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


arrays = {}
for code in ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    for order, sign in [("little", "<"), ("big", ">")]:
        dtype = np.dtype(sign + code)
        if dtype.itemsize == 1 and order == "big":
            continue  # there are no two orders of one byte
        six = np.array(values(dtype), dtype=dtype)
        arrays[f"{code}.{order}.line"] = six
        arrays[f"{code}.{order}.matrix"] = six.reshape(2, 3)
        arrays[f"{code}.{order}.fortran"] = np.asfortranarray(six.reshape(2, 3))
        arrays[f"{code}.{order}.cube"] = six.reshape(3, 1, 2)
        arrays[f"{code}.{order}.fortran-cube"] = np.asfortranarray(six.reshape(3, 1, 2))
        arrays[f"{code}.{order}.scalar"] = six[2:3].reshape(())
        arrays[f"{code}.{order}.empty"] = six[:0].reshape(0, 5)
np.savez(HERE / "all.npz", **arrays)

count = np.arange(3 * 4 * 5 * 6, dtype=">i4").reshape(3, 4, 5, 6)
np.savez_compressed(
    HERE / "compressed.npz",
    **{
        "fc1/weight": np.linspace(-1, 1, 1200, dtype=np.float32).reshape(40, 30),
        "größe 日本": np.array([7], dtype=np.uint8),
        "count": np.asfortranarray(count),
        "zeros": np.zeros(100_000, dtype=np.float64),
    },
)

np.savez(
    HERE / "refused.npz",
    objects=np.array([{"a": 1}, None], dtype=object),
    bytes=np.array([b"abc", b"de"]),
    strings=np.array(["abc", "größe"]),
    complex=np.array([1 + 2j]),
    dates=np.array(["2020-01-01"], dtype="datetime64[D]"),
    spans=np.array([5], dtype="timedelta64[s]"),
    raw=np.array([b"xy"], dtype="V2"),
    structured=np.array([(1, 2.5)], dtype=[("naïve", "<i4"), ("b", "<f8")]),
    quadruple=np.array([1.5], dtype=np.longdouble),
    fine=np.array([1, 2, 3], dtype=np.int16),
)

matrix = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32)
(HERE / "version1.npy").write_bytes(npy(matrix, (1, 0)))
(HERE / "version2.npy").write_bytes(npy(matrix, (2, 0)))
(HERE / "version3.npy").write_bytes(npy(matrix, (3, 0)))

# As Python 2 on Windows wrote whole numbers; NumPy reads it.
header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }"
header += b" " * (-(len(header) + 11) % 16) + b"\n"
python2 = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + matrix.tobytes()
assert np.array_equal(np.load(io.BytesIO(python2)), matrix)
(HERE / "python2.npy").write_bytes(python2)

# Written to a pipe: sizes and checksums stand behind the data.
class Pipe(io.RawIOBase):
    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


with open(HERE / "piped.npz", "wb") as file:
    np.savez(io.BufferedWriter(Pipe(file)), matrix=matrix, count=count)
with zipfile.ZipFile(HERE / "piped.npz") as check:
    assert check.infolist()[0].flag_bits & 8
