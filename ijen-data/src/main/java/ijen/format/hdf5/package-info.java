/// HDF5, the format of many published data sets and of Keras: named arrays of numbers in groups
/// within groups, in one piece or in compressed chunks, with attributes.
///
/// Entry type: [ijen.format.hdf5.Hdf5File], which lists the data sets of a file, loads one on
/// demand as an [ijen.format.Tensor], and writes files; [ijen.format.hdf5.Hdf5Dataset] is one of
/// the list, [ijen.format.hdf5.Hdf5Storage] says how to write. A file that is damaged, or is none,
/// is an [ijen.format.FormatException].
///
/// The structure of a file is read, and files are written, by the library jHDF, which nothing
/// outside of this package knows. The bytes of the numbers are taken from the file here: in their
/// own type, with sizes checked before anything is allocated, and with the checksums of chunks
/// compared.
///
/// **Source:** "HDF5 File Format Specification Version 3.0", The HDF Group.
@NullMarked
package ijen.format.hdf5;

import org.jspecify.annotations.NullMarked;
