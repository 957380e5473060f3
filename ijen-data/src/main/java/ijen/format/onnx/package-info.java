/// ONNX, the format in which networks go from one library to another: a graph of operators, each
/// described by a public standard, with the weights among them.
///
/// Entry type: [ijen.format.onnx.OnnxFile], which reads and writes an [ijen.format.onnx.OnnxModel].
/// What the operators mean is not known here; `ijen.onnx` turns networks into such graphs and back.
/// A file that is damaged, or is none, is an [ijen.format.FormatException] that names the file and
/// the place.
///
/// Layout: one protocol buffers message, `ModelProto`, which holds a `GraphProto` with its nodes,
/// its inputs and outputs, and its *initialisers*: tensors whose numbers stand in the message
/// itself, little-endian. A message is a sequence of fields, each a number and kind (a *varint*, 7
/// bits a byte with the lowest first), then the value: a varint, 4 or 8 bytes, or a length and as
/// many bytes, which may be a message again.
///
/// **Source:** the files `onnx.proto` and `docs/IR.md` of ONNX 1.12 (intermediate representation 8,
/// operator set 17); "Encoding" in the documentation of protocol buffers.
@NullMarked
package ijen.format.onnx;

import org.jspecify.annotations.NullMarked;
