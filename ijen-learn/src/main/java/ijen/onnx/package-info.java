/// Networks as ONNX files, and back: out to other libraries and in from them.
///
/// Entry type: [ijen.onnx.Onnx]. Writing traces a model's network ([ijen.nn.Network]) once more and
/// puts an ONNX operator, or a few, in the place of each op; reading finds layers
/// ([ijen.nn.Layers]) in a graph of operators. The file itself is the business of
/// [ijen.format.onnx.OnnxFile].
@NullMarked
package ijen.onnx;

import org.jspecify.annotations.NullMarked;
