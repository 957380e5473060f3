package ijen.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tensors of one layer, by what they are to it. The words of PyTorch and those of Ijen for the
/// same role are one.
final class TensorGroup {
  /// A tensor: its whole name and its shape, as text, with its type before it if it is not usable.
  record One(String name, String shape) {
    @Override
    public String toString() {
      return name + " " + shape;
    }
  }

  private final String layer;
  private final Map<String, One> tensors = new TreeMap<>();
  private final List<String> inOrder = new ArrayList<>();

  private TensorGroup(String layer) {
    this.layer = layer;
  }

  /// Adds a tensor to the group of its layer.
  static void add(Map<String, TensorGroup> groups, String name, int[] shape, String type) {
    int dot = name.lastIndexOf('.');
    String layer = name.substring(0, Math.max(0, dot));
    TensorGroup group = groups.computeIfAbsent(layer, TensorGroup::new);
    One one = new One(name, type + Arrays.toString(shape));
    String role = role(name.substring(dot + 1));
    if (group.tensors.containsKey(role)) {
      role = name.substring(dot + 1); // both words in one layer: none is translated
    }
    group.tensors.put(role, one);
    group.inOrder.add(name);
  }

  /// PyTorch's word for what a tensor is to its layer.
  private static String role(String name) {
    return switch (name) {
      case "scale", "table", "slope" -> "weight";
      case "shift" -> "bias";
      case "mean" -> "running_mean";
      case "variance" -> "running_var";
      default -> name;
    };
  }

  /// The name of the layer.
  String layer() {
    return layer;
  }

  /// The tensors by role.
  Map<String, One> tensors() {
    return tensors;
  }

  /// The tensor of a role.
  One tensor(String role) {
    One one = tensors.get(role);
    if (one == null) {
      throw new IllegalArgumentException("layer '" + layer + "' has no " + role);
    }
    return one;
  }

  /// The same, or null.
  @Nullable One find(String role) {
    return tensors.get(role);
  }

  /// The whole names in the order in which they were added.
  List<String> names() {
    return inOrder;
  }

  /// Roles and shapes: layers that could be taken for each other have the same.
  String signature() {
    StringBuilder text = new StringBuilder();
    tensors.forEach((role, one) -> text.append(role).append(one.shape()).append(' '));
    return text.toString();
  }

  /// For messages.
  @Override
  public String toString() {
    return "'" + layer + "'";
  }
}
