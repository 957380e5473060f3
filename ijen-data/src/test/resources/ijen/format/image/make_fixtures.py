"""Writes the PNG and JPEG files that ImageFileTest reads, and what Pillow reads from them as expected.npz.

    python3 make_fixtures.py

Written with Pillow 9.4 and NumPy 1.24. Interlaced PNG and 16-bit colours, which Pillow does not write, are put
together here.
"""

import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
H, W = 11, 13
y, x = np.mgrid[0:H, 0:W]
red = (x * 255 // (W - 1)).astype(np.uint8)
green = (y * 255 // (H - 1)).astype(np.uint8)
blue = ((x * y * 7) % 256).astype(np.uint8)
rgb = np.stack([red, green, blue], axis=-1)
grey = blue
expected = {}


def on_white(rgba):
    rgba = rgba.astype(int)
    alpha = rgba[..., 3:]
    return ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def planar(image):
    return image if image.ndim == 2 else np.ascontiguousarray(image.transpose(2, 0, 1))


def png_of(depth, color, rows, interlace=0, width=W, height=H):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# PNG
Image.fromarray(grey).save(HERE / "grey.png")
expected["grey.png"] = grey
Image.fromarray(rgb).save(HERE / "rgb.png", pnginfo=None, icc_profile=b"not a profile at all")
expected["rgb.png"] = rgb
rgba = np.dstack([rgb, green[::-1]])
Image.fromarray(rgba).save(HERE / "rgba.png")
expected["rgba.png"] = on_white(rgba)
grey_alpha = np.dstack([grey, red])
Image.fromarray(grey_alpha, mode="LA").save(HERE / "grey-alpha.png")
expected["grey-alpha.png"] = on_white(np.dstack([grey, grey, grey, red]))[..., 0]
palette = Image.fromarray(rgb).quantize(13)
palette.save(HERE / "palette.png")
expected["palette.png"] = np.asarray(palette.convert("RGB"))
palette.save(HERE / "palette-transparent.png", transparency=bytes([0, 128, 255, 7]))
expected["palette-transparent.png"] = on_white(np.asarray(Image.open(HERE / "palette-transparent.png").convert("RGBA")))
two = Image.fromarray(np.where(grey > 99, 255, 0).astype(np.uint8)).convert("1")
two.save(HERE / "two.png")
expected["two.png"] = np.where(np.asarray(two), 255, 0).astype(np.uint8)
deep = (grey.astype(np.uint16) * 257 + x).clip(0, 65535).astype(np.uint16)
Image.fromarray(deep).save(HERE / "deep-grey.png")
expected["deep-grey.png"] = ((deep.astype(int) * 255 * 2 + 65535) // (2 * 65535)).astype(np.uint8)
four = grey // 16
packed = np.concatenate([four, np.zeros((H, 1), np.uint8)], axis=1)
packed = packed[:, 0::2] << 4 | packed[:, 1::2]
(HERE / "four-bits.png").write_bytes(png_of(4, 0, b"".join(b"\0" + row.tobytes() for row in packed)))
expected["four-bits.png"] = four * 17
deep_rgb = (rgb.astype(np.uint16) * 257 + y[..., None]).clip(0, 65535).astype(np.uint16)
(HERE / "deep-rgb.png").write_bytes(png_of(16, 2, b"".join(b"\0" + row.astype(">u2").tobytes() for row in deep_rgb)))
expected["deep-rgb.png"] = ((deep_rgb.astype(int) * 255 * 2 + 65535) // (2 * 65535)).astype(np.uint8)
passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
rows = b""
for top, left, down, right in passes:
    part = rgb[top::down, left::right]
    if part.size:
        rows += b"".join(b"\0" + row.tobytes() for row in part)
(HERE / "interlaced.png").write_bytes(png_of(8, 2, rows, interlace=1))
expected["interlaced.png"] = rgb
assert np.array_equal(np.asarray(Image.open(HERE / "interlaced.png")), rgb)
assert np.array_equal(np.asarray(Image.open(HERE / "four-bits.png").convert("L")), four * 17)

# JPEG: what is expected has been decoded by Pillow.
big = np.asarray(Image.fromarray(rgb).resize((40, 33), Image.BICUBIC))
Image.fromarray(grey).save(HERE / "grey.jpg", quality=90)
for name, options in {
    "half.jpg": dict(quality=90),  # colours in half the resolution
    "full.jpg": dict(quality=95, subsampling=0),
    "progressive.jpg": dict(quality=85, progressive=True, subsampling=1),
    "Texts.JPEG": dict(quality=90, subsampling=0, comment=b"a comment", icc_profile=b"x" * 2000,
                       exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"),
}.items():
    Image.fromarray(big).save(HERE / name, **options)


def without(data, marker):
    """The JPEG file without its segments of one kind."""
    out, at = data[:2], 2
    while data[at + 1] != 0xDA:
        length = 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        if data[at + 1] != marker:
            out += data[at:at + length]
        at += length
    return out + data[at:]


full = (HERE / "full.jpg").read_bytes()
(HERE / "no-jfif.jpg").write_bytes(without(full, 0xE0))  # still YCbCr, as most cameras write it
for name in ["grey.jpg", "half.jpg", "full.jpg", "progressive.jpg", "Texts.JPEG", "no-jfif.jpg"]:
    expected[name] = np.asarray(Image.open(HERE / name))
assert np.array_equal(expected["full.jpg"], expected["no-jfif.jpg"])
Image.fromarray(big).convert("CMYK").save(HERE / "inks.jpg")

np.savez_compressed(HERE / "expected.npz", **{name: planar(image) for name, image in expected.items()})
