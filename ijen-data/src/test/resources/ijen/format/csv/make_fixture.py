"""Writes the files beside it with Python's csv module and NumPy; run by hand."""

import csv
import gzip
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))

ROWS = [
    ["5.1", "3.5", "say \"hi\"", "-2e-3"],
    ["4.9", "3", "two, three", "0"],
    ["4.7", "255", "line\nfeed", "1E+2"],
    ["-0.5", ".25", " spaces ", "16777216"],
]
HEADER = ["width", "height ü", "species", "y"]


def write(name, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\n", header=True, bom=False):
    with open(os.path.join(HERE, name), "w", encoding="utf-8-sig" if bom else "utf-8", newline="") as f:
        out = csv.writer(f, delimiter=delimiter, quoting=quoting, lineterminator=end)
        if header:
            out.writerow(HEADER)
        out.writerows(ROWS)


def main():
    write("comma.csv")
    write("crlf.csv", end="\r\n", bom=True)
    write("semicolon.csv", delimiter=";")
    write("tab.tsv", delimiter="\t")
    write("quoted.csv", quoting=csv.QUOTE_ALL)
    write("bare.csv", header=False)
    pixels = np.arange(12 * 784) * 7 % 256
    with gzip.GzipFile(os.path.join(HERE, "images.csv.gz"), "w", mtime=0) as f:
        f.write(("label," + ",".join(f"pixel{i}" for i in range(784)) + "\n").encode())
        for i, row in enumerate(pixels.reshape(12, 784)):
            f.write((f"{i % 10}," + ",".join(map(str, row)) + "\n").encode())


if __name__ == "__main__":
    main()
