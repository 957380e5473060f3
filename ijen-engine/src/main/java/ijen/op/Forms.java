package ijen.op;

import ijen.graph.Form;
import java.util.List;

/// What several ops ask of the forms of their inputs.
final class Forms {
  private Forms() {}

  /// The one input.
  static Form only(List<Form> inputs) {
    count(inputs, 1);
    return inputs.getFirst();
  }

  /// Fails unless there are `expected` inputs.
  static void count(List<Form> inputs, int expected) {
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " inputs, got " + inputs.size() + ": " + inputs);
    }
  }

  /// The form of an element-by-element combination of two inputs: equal shapes, each shared or not.
  static Form combined(List<Form> inputs) {
    count(inputs, 2);
    Form a = inputs.get(0);
    Form b = inputs.get(1);
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(
          "shapes differ, " + a + " and " + b + ": expected the same shape for both");
    }
    return new Form(a.shape(), a.batched() || b.batched());
  }

  /// Fails unless a prediction and its target have the same form.
  static Form prediction(List<Form> inputs) {
    count(inputs, 2);
    Form prediction = inputs.get(0);
    Form target = inputs.get(1);
    if (!prediction.equals(target)) {
      throw new IllegalArgumentException(
          "prediction " + prediction + " and target " + target + " differ: expected the same form");
    }
    return prediction;
  }
}
