/// IDX, the format of MNIST: one array of numbers of one type and any rank, plain or gzipped.
///
/// Entry type: [ijen.format.idx.IdxFile], which reads and writes an [ijen.format.Tensor]. A damaged
/// file is an [ijen.format.FormatException] that names the file and the byte.
///
/// Layout, all numbers big-endian: two zero bytes, a byte for the type, a byte for the rank, a
/// 4-byte integer for each dimension, then the elements, the last dimension running fastest.
///
/// **Source:** LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File
/// formats".
@NullMarked
package ijen.format.idx;

import org.jspecify.annotations.NullMarked;
