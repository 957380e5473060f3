package ijen.check;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.GraphObjective;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Op;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where the first NaN or ∞ comes from.
///
/// @param node the value in which it is first, by its name in the graph
/// @param op the op that made it; empty for what is given
/// @param backward whether it is in the gradient by that value, not in the value
/// @param words all of it in words
public record NotFinite(String node, String op, boolean backward, String words) {

  /// The first in the order of the forward pass; null if all is finite.
  static @Nullable NotFinite forward(Traced traced, Theta theta, Batch batch, Kernels kernels) {
    List<Node> results = results(traced);
    GraphObjective objective = traced.objective(kernels, results.toArray(Node[]::new));
    objective.value(theta, batch);
    int rows = batch.rows();
    for (Node node : traced.graph().nodes()) {
      Buffer values = values(node, theta, batch, objective);
      int at = first(values, node.form().elements(rows));
      if (at < 0) {
        continue;
      }
      String what = name(values.get(at)) + " in '" + node.name() + "'";
      String where = place(node.form(), at);
      if (node.source() instanceof Source.Result(Op op, List<Node> inputs)) {
        List<String> from = new ArrayList<>();
        for (Node input : inputs) {
          from.add(from(input, at, node, values(input, theta, batch, objective), rows));
        }
        return new NotFinite(
            node.name(),
            op.name(),
            false,
            "the first %s, made by the op '%s' at %s, of %s"
                .formatted(what, op.name(), where, String.join(" and ", from)));
      }
      String given =
          switch (node.source()) {
            case Source.Slice _ -> "the parameter itself";
            case Source.Running _ -> "the running statistic itself";
            default -> "the data themselves";
          };
      return new NotFinite(node.name(), "", false, "%s, %s, at %s".formatted(what, given, where));
    }
    return null;
  }

  /// The first in the order of the backward pass, where the forward pass is finite; null if there
  /// is none.
  static @Nullable NotFinite backward(Traced traced, Theta theta, Batch batch, Kernels kernels) {
    int rows = batch.rows();
    List<Node> results = results(traced);
    GraphCopy copy = GraphCopy.probed(traced.graph(), results::contains, rows);
    Traced probed =
        new Traced(
            copy.graph(),
            copy.nodes().get(traced.loss().id()),
            rows,
            traced.mode(),
            traced.reduction(),
            traced.seed());
    Batch more = withNumbers(batch, kernels);
    Gradient gradient = new Gradient(copy.graph().parameters(), kernels.precision());
    probed.objective(kernels).gradient(copy.theta(theta), more, gradient);
    for (Node node : traced.graph().nodes().reversed()) {
      Buffer values = gradientOf(node, copy, gradient);
      int at = values == null ? -1 : first(values, values.length());
      if (values != null && at >= 0) {
        List<String> readers = readers(traced, node);
        boolean columns = node.form().batched();
        String where = columns ? place(node.form(), at % rows, at / rows) : place(node.form(), at);
        return new NotFinite(
            node.name(),
            String.join(", ", readers),
            true,
            "going backward, the first %s is in the gradient by '%s' at %s: it is made by the derivative of %s, which reads it"
                .formatted(name(values.get(at)), node.name(), where, String.join(" or ", readers)));
      }
    }
    return null;
  }

  /// The same samples, and their numbers one-hot as a last input.
  static Batch withNumbers(Batch batch, Kernels kernels) {
    int rows = batch.rows();
    List<Form> forms = new ArrayList<>();
    IntStream.range(0, batch.inputs()).forEach(i -> forms.add(batch.form(i)));
    forms.add(Form.batched(Shape.of(rows)));
    Batch more = new Batch(kernels, rows, forms);
    for (int i = 0; i < batch.inputs(); i++) {
      int count = forms.get(i).elements(rows);
      more.input(i).put(0, batch.input(i), 0, count);
    }
    Subject.identity(more.input(batch.inputs()), rows);
    more.begin(rows, batch.step());
    return more;
  }

  private static @Nullable Buffer gradientOf(Node node, GraphCopy copy, Gradient gradient) {
    if (node.source() instanceof Source.Slice(Parameter parameter)) {
      return gradient.slice(copy.graph().parameters().get(parameter.name()));
    }
    String probe = copy.probes().get(node.id());
    return probe.isEmpty() ? null : gradient.slice(copy.graph().parameters().get(probe));
  }

  private static List<String> readers(Traced traced, Node node) {
    List<String> readers = new ArrayList<>();
    for (Node other : traced.graph().nodes()) {
      if (other.source() instanceof Source.Result(Op op, List<Node> inputs)
          && inputs.contains(node)) {
        readers.add("the op '" + op.name() + "' of '" + other.name() + "'");
      }
    }
    return readers;
  }

  private static List<Node> results(Traced traced) {
    return traced.graph().nodes().stream()
        .filter(node -> node.source() instanceof Source.Result)
        .filter(node -> !node.equals(traced.loss()))
        .toList();
  }

  private static Buffer values(Node node, Theta theta, Batch batch, GraphObjective objective) {
    return switch (node.source()) {
      case Source.Input(int index) -> batch.input(index);
      case Source.Slice(Parameter parameter) -> theta.slice(parameter);
      case Source.Running(Statistic statistic) -> theta.slice(statistic);
      case Source.Result _ -> objective.watched(node);
    };
  }

  private static int first(Buffer values, int count) {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(values.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String name(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  }

  private static String place(Form form, int at) {
    int size = form.shape().size();
    return form.batched() ? place(form, at / size, at % size) : "number " + at;
  }

  private static String place(Form form, int sample, int number) {
    return form.shape().size() == 1
        ? "sample " + sample
        : "sample " + sample + ", number " + number;
  }

  /// What the op was given: the number at the same place if there is one, else the range.
  private static String from(Node input, int at, Node node, Buffer values, int rows) {
    if (input.form().equals(node.form())) {
      return "'%s' = %s".formatted(input.name(), Digits.brief(values.get(at), 4));
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < input.form().elements(rows); i++) {
      least = Math.min(least, values.get(i));
      greatest = Math.max(greatest, values.get(i));
    }
    return "'%s' from %s to %s"
        .formatted(input.name(), Digits.brief(least, 4), Digits.brief(greatest, 4));
  }
}
