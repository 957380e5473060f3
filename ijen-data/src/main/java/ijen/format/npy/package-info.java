/// NPY and NPZ, the formats of NumPy: one array, and a zip archive of named ones.
///
/// Entry types: [ijen.format.npy.Npy] and [ijen.format.npy.Npz], which read and write
/// [ijen.format.Tensor]s. Read are booleans and all whole and floating-point numbers of 8 to 64
/// bits; anything else, above all Python objects, whose bytes are a program, is refused. A damaged
/// file is an [ijen.format.FormatException] that names the file and the byte.
///
/// Layout: the bytes `93 4e 55 4d 50 59` (the last five are `NUMPY`); two bytes with the version,
/// 1.0 to 3.0; the length of the header, little-endian, in 2 bytes for version 1 and 4 after that;
/// the header, a dictionary as Python writes it,
///
/// ```python
/// {'descr': '<f4', 'fortran_order': False, 'shape': (64, 784), }
/// ```
///
/// padded with spaces and a line's end, so that what follows begins at a multiple of 64 bytes; then
/// the elements, the last index running fastest, or the first one if `fortran_order` is true. In an
/// archive the members' names are the arrays' names and `.npy`.
///
/// **Source:** Kern, "A simple file format for NumPy arrays", NumPy Enhancement Proposal 1, and the
/// documentation of `numpy.lib.format`; PKWARE, "APPNOTE.TXT: .ZIP File Format Specification".
@NullMarked
package ijen.format.npy;

import org.jspecify.annotations.NullMarked;
