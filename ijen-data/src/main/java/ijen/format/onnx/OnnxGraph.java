package ijen.format.onnx;

import ijen.format.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph of operators: values by name, each given, an initialiser, or the output of a node.
///
/// @param name what it is called
/// @param doc what it is, for people; may be empty
/// @param inputs what is given in a run
/// @param outputs which values come out
/// @param initializers the weights by name, in the order of the file
/// @param nodes the operators, each after those whose outputs it takes
public record OnnxGraph(
    String name,
    String doc,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs,
    Map<String, Tensor> initializers,
    List<OnnxNode> nodes) {
  public OnnxGraph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    nodes = List.copyOf(nodes);
  }
}
