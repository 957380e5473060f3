/// PNG and JPEG images, as grey values or as red, green and blue.
///
/// Entry type: [ijen.format.image.ImageFile], which makes an [ijen.format.Tensor] of bytes of a
/// file; `ijen.data` makes data sets of folders of them. A file that is damaged, or is none, is an
/// [ijen.format.FormatException] that names the file and what is wrong with it.
///
/// Before the pixels are decoded by the Java runtime, the file is taken apart: sizes, checksums and
/// the order of its parts must be right, and what is not about the pixels' values (texts, colour
/// profiles, previews, positions) is left out and never looked at.
///
/// **Source:** W3C, "Portable Network Graphics (PNG) Specification (Third Edition)"; ITU-T T.81,
/// "Digital compression and coding of continuous-tone still images"; ITU-T T.871, "JPEG File
/// Interchange Format".
@NullMarked
package ijen.format.image;

import org.jspecify.annotations.NullMarked;
