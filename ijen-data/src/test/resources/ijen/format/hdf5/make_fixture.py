"""Writes the files beside it with h5py; run by hand with `python3 make_fixture.py`.

The numbers are those that Hdf5FileTest expects: element i of an array counts i, with signs and
fractions as its type allows. `old` has the oldest structures of the format, `new` the newest ones.
"""

import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))

TYPES = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]


def numbers(dtype, shape):
    count = np.arange(int(np.prod(shape)))
    if dtype.startswith("u"):
        values = count * 7 % 251
    elif dtype.startswith("i"):
        values = count * 7 % 251 - 125
    else:
        values = (count - 20) / 4
    return values.reshape(shape)


def types(f):
    """Each type in either order of bytes, in one piece and in chunks that do not fit the shape."""
    for name in TYPES:
        for order, sign in (("little", "<"), ("big", ">")):
            data = numbers(name, (5, 7)).astype(sign + name)
            f.create_dataset(f"{order}/{name}", data=data)
            f.create_dataset(
                f"chunked/{order}/{name}",
                data=data,
                chunks=(2, 3),
                compression="gzip",
                shuffle=True,
                fletcher32=True,
            )
    f.create_dataset("bool", data=numbers("u1", (4, 3)) % 2 == 0)


def layouts(f):
    data = numbers("f4", (11, 6, 5)).astype("<f4")
    f.create_dataset("contiguous", data=data)
    f.create_dataset("chunked", data=data, chunks=(4, 6, 2))
    f.create_dataset("gzip", data=data, chunks=(4, 4, 4), compression="gzip", compression_opts=9)
    f.create_dataset("shuffle", data=data, chunks=(4, 4, 4), shuffle=True)
    f.create_dataset("fletcher32", data=data, chunks=(4, 4, 4), fletcher32=True)
    f.create_dataset("odd", data=numbers("u1", (5, 3)).astype("u1"), chunks=(3, 3), fletcher32=True)
    f.create_dataset("one_chunk", data=data, chunks=data.shape, compression="gzip")
    f.create_dataset("resizable", data=data, chunks=(4, 4, 4), maxshape=(None, 6, 5))
    f.create_dataset("resizable2", data=data, chunks=(4, 4, 4), maxshape=(None, None, 5))
    f.create_dataset("resizable_gzip", data=data, chunks=(4, 6, 5), maxshape=(None, 6, 5), compression="gzip")
    shrunk = f.create_dataset("shrunk", data=data, chunks=(4, 4, 4), maxshape=(None, None, 5))
    shrunk.resize((6, 5, 5))
    # A writer may leave filters out for a chunk, and says so with a bit for each.
    noise = np.random.default_rng(1).integers(0, 256, (64, 16), dtype="u1")
    mixed = f.create_dataset("noise", data=noise, chunks=(16, 16), compression="gzip", shuffle=True)
    mixed.id.write_direct_chunk((16, 0), noise[16:32].tobytes(), filter_mask=3)
    partly = f.create_dataset("partly", (9, 4), "<i4", chunks=(3, 2), compression="gzip", fillvalue=-7)
    partly[3:6, 0:2] = np.arange(6).reshape(3, 2)
    f.create_dataset("never", (3, 2), "<f8", fillvalue=2.5)
    f.create_dataset("never_chunked", (3, 2), "<f8", chunks=(2, 2))
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    place = h5py.h5s.create_simple((4,))
    made = h5py.h5d.create(f.id, b"compact", h5py.h5t.STD_I16BE, place, compact)
    made.write(place, place, np.array([1, -2, 3, -4], ">i2"))


def structure(f):
    f.create_dataset("scalar", data=np.float32(1.5))
    f.create_dataset("empty", data=np.zeros((0, 3), "f4"))
    f.create_dataset("nothing", data=h5py.Empty("f4"))
    f.create_dataset("text", data="words")
    f.create_dataset("record", data=np.zeros(2, [("a", "f4"), ("b", "i4")]))
    f.create_dataset("colour", data=np.array([0, 1], "i1"), dtype=h5py.enum_dtype({"RED": 0, "BLUE": 1}, "i1"))
    f.create_dataset("complex", data=np.zeros(2, "c8"))
    deep = f.create_group("model/dense1")
    deep.create_dataset("weight", data=numbers("f4", (2, 3)).astype("f4"))
    deep["weight"].attrs["unit"] = "none"
    deep.attrs["activation"] = "relu"
    f["soft"] = h5py.SoftLink("/model/dense1/weight")
    f["outside"] = h5py.ExternalLink("elsewhere.hdf5", "/secret")
    f["second"] = f["model"]
    f["model/circle"] = f["/"]
    f["twin"] = f["scalar"]
    f["type"] = np.dtype("f4")
    f.attrs["title"] = "Grüße"
    f.attrs["fixed"] = np.bytes_("ascii")
    f.attrs["words"] = ["a", "b c"]
    f.attrs["count"] = np.int32(3)
    f.attrs["rates"] = np.array([0.5, 0.25], "f4")
    f.attrs["truth"] = np.bool_(True)
    f.attrs["none"] = h5py.Empty("f4")
    many = f.create_group("many")
    for i in range(40):
        many.create_dataset(f"d{i:02}", data=np.int32(i))
        many.attrs[f"a{i:02}"] = i


def main():
    for name, libver in (("old", "earliest"), ("new", "latest")):
        with h5py.File(os.path.join(HERE, f"types-{name}.hdf5"), "w", libver=libver) as f:
            types(f)
        with h5py.File(os.path.join(HERE, f"layouts-{name}.hdf5"), "w", libver=libver) as f:
            layouts(f)
        with h5py.File(os.path.join(HERE, f"structure-{name}.hdf5"), "w", libver=libver) as f:
            structure(f)
    with h5py.File(os.path.join(HERE, "lzf.hdf5"), "w") as f:
        f.create_dataset("lzf", data=numbers("f4", (8, 8)).astype("f4"), compression="lzf")
    with h5py.File(os.path.join(HERE, "userblock.hdf5"), "w", userblock_size=512) as f:
        f.create_dataset("x", data=numbers("i4", (3, 4)).astype("<i4"))
        f.create_dataset("z", data=numbers("i4", (3, 4)).astype("<i4"), chunks=(2, 2), compression="gzip")
    with h5py.File(os.path.join(HERE, "external.hdf5"), "w") as f:
        f.create_dataset("x", (4,), "<i4", external=[("elsewhere.raw", 0, 16)])


if __name__ == "__main__":
    main()
