package ijen.format.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One use of an operator.
///
/// @param op which operator, for example `Conv`
/// @param domain whose operator; empty for the standard ones
/// @param name what this use is called; may be empty
/// @param inputs the values that it takes; an empty name stands for an optional one left out
/// @param outputs the values that it makes
/// @param attributes its settings
public record OnnxNode(
    String op,
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /// A use of a standard operator with one output.
  public static OnnxNode of(
      String op,
      String name,
      List<String> inputs,
      String output,
      Map<String, OnnxAttribute> attributes) {
    return new OnnxNode(op, "", name, inputs, List.of(output), attributes);
  }

  /// For messages, for example `node 'conv1' (Conv)`.
  @Override
  public String toString() {
    return "node '" + WireReader.shown(name) + "' (" + WireReader.shown(op) + ")";
  }
}
