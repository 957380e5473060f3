"""Prints what NumPy finds in the files named on the command line: type, shape, the elements as hexadecimal digits.

Pickled objects are out of the question: what was written must not need any.
"""

import sys

import numpy as np

for path in sys.argv[1:]:
    content = np.load(path, allow_pickle=False)
    arrays = [("", content)] if path.endswith(".npy") else [(name, content[name]) for name in content.files]
    for name, array in arrays:
        shape = "x".join(str(n) for n in array.shape)
        sys.stdout.buffer.write(f"{name}|{array.dtype.str}|{shape}|{array.tobytes().hex()}\n".encode("utf-8"))
