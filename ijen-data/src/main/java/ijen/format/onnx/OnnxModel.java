package ijen.format.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All that stands in an ONNX file: a graph, and which version of which operators it is made of.
///
/// @param ir the version of the format, `ir_version`
/// @param opset the version of the standard operators, those of the domain `ai.onnx`
/// @param producer the program that wrote the file; may be empty
/// @param producerVersion its version; may be empty
/// @param doc what it is, for people; may be empty
/// @param metadata further texts by name
/// @param graph the graph
public record OnnxModel(
    long ir,
    long opset,
    String producer,
    String producerVersion,
    String doc,
    Map<String, String> metadata,
    OnnxGraph graph) {
  public OnnxModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
