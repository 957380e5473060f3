"""Writes fixture.safetensors: every element type that has numbers, and some oddities that the format allows.

    python3 make_fixture.py

Only the standard library is used, so that the file owes nothing to the code that it tests. It is made once
and kept: the values are repeated in SafetensorsTest.
"""

import json
import pathlib
import struct


def bfloat16(values):
    # The upper half of a float; the values below need no rounding.
    return b"".join(struct.pack("<f", v)[2:] for v in values)


INF = float("inf")

TENSORS = [
    # name, dtype, shape, bytes
    ("flags", "BOOL", [3], struct.pack("<3?", True, False, True)),
    ("f32.matrix", "F32", [2, 3], struct.pack("<6f", 0.0, -1.5, 3.25, 1e-45, 3.4028235e38, 0.1)),
    ("f64", "F64", [2, 1, 2], struct.pack("<4d", 0.1, -2.5e300, INF, 5e-324)),
    ("f16", "F16", [4], struct.pack("<4e", 1.0, -65504.0, 6e-08, INF)),
    ("bf16", "BF16", [3], bfloat16([1.0, -0.0078125, 3.0e38])),
    ("i8", "I8", [2], struct.pack("<2b", -128, 127)),
    ("u8", "U8", [3], struct.pack("<3B", 0, 200, 255)),
    ("i16", "I16", [2], struct.pack("<2h", -32768, 12345)),
    ("u16", "U16", [2], struct.pack("<2H", 65535, 1)),
    ("i32", "I32", [2], struct.pack("<2i", -2147483648, 7)),
    ("u32", "U32", [2], struct.pack("<2I", 4294967295, 7)),
    ("i64", "I64", [1], struct.pack("<q", -9223372036854775808)),
    ("u64", "U64", [2], struct.pack("<2Q", 18446744073709551615, 42)),
    ("scalar", "F32", [], struct.pack("<f", 42.5)),
    ("empty", "F32", [0, 5], b""),
    ("f8", "F8_E4M3", [2], b"\x38\xb8"),
    ("größe \"日本\"", "U8", [1], b"\x01"),
]

# The header names them in another order than their data, and without padding the data begin anywhere.
offset = 0
entries = {}
for name, dtype, shape, data in TENSORS:
    entries[name] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, offset + len(data)]}
    offset += len(data)
header = {name: entries[name] for name in sorted(entries)}
header["__metadata__"] = {"format": "pt", "note": "line one\nline two \U0001F30B", "": "empty key"}
text = json.dumps(header).encode("utf-8") + b"   "

path = pathlib.Path(__file__).with_name("fixture.safetensors")
with open(path, "wb") as file:
    file.write(struct.pack("<Q", len(text)))
    file.write(text)
    for _, _, _, data in TENSORS:
        file.write(data)
