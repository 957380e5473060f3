/// What all file formats share: numbers with a type and a shape ([ijen.format.Tensor]), what is
/// said when a file is broken ([ijen.format.FormatException]), and files that appear whole or not
/// at all ([ijen.format.AtomicFile]).
///
/// The formats themselves are packages below this one, such as `ijen.format.idx`; `ijen.data` makes
/// data sets of what they read.
@NullMarked
package ijen.format;

import org.jspecify.annotations.NullMarked;
