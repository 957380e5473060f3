/// What all file formats share: files that appear whole or not at all.
///
/// Entry type: [ijen.format.AtomicFile]. The formats themselves are packages below this one, such
/// as `ijen.format.idx`; `ijen.data` makes data sets of what they read.
@NullMarked
package ijen.format;

import org.jspecify.annotations.NullMarked;
