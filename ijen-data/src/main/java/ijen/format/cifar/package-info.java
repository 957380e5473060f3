/// CIFAR-10 and CIFAR-100 in their binary version: small colour photographs with their classes.
///
/// Entry type: [ijen.format.cifar.CifarFile], which reads one file or several into
/// [ijen.format.Tensor]s. A file that is none is an [ijen.format.FormatException] that names the
/// file and the byte.
///
/// Layout: records without anything before, between or after them. A record of CIFAR-10 is a byte
/// with the class, then 1024 bytes red, 1024 green, 1024 blue, each row by row. One of CIFAR-100
/// has a byte with the superclass before that with the class.
///
/// **Source:** Krizhevsky, "Learning multiple layers of features from tiny images", University of
/// Toronto, 2009, and the page "The CIFAR-10 and CIFAR-100 datasets", section "Binary version".
@NullMarked
package ijen.format.cifar;

import org.jspecify.annotations.NullMarked;
