/// safetensors, the format in which models are kept: named arrays of numbers and some texts, and
/// nothing that could run.
///
/// Entry type: [ijen.format.safetensors.Safetensors], which writes a file from named
/// [ijen.format.Tensor]s and opens one to read them. A file that is damaged, or is none, is a
/// [ijen.format.FormatException] that names the file and what is wrong with it.
///
/// Layout: 8 bytes with the length of the header, little-endian; the header, a JSON object
///
/// ```json
/// {"__metadata__": {"key": "text"},
///  "fc1.weight": {"dtype": "F32", "shape": [64, 784], "data_offsets": [0, 200704]}}
/// ```
///
/// padded with spaces; then the elements of all tensors, little-endian and in C order, without
/// gaps. Offsets count from the end of the header.
///
/// **Source:** the format's description in the readme of the safetensors library by Hugging Face.
@NullMarked
package ijen.format.safetensors;

import org.jspecify.annotations.NullMarked;
