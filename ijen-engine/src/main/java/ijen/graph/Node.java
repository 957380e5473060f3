package ijen.graph;

import java.util.List;

/// A value in a [Graph]: an input of the batch, a parameter, a statistic, or the result of an op.
public final class Node {
  /// Where a node's value comes from.
  public sealed interface Source {
    /// Input number `index` of the batch.
    record Input(int index) implements Source {}

    /// A slice of θ.
    record Slice(Parameter parameter) implements Source {}

    /// A running statistic, which no gradient touches.
    record Running(Statistic statistic) implements Source {}

    /// The result of an op.
    record Result(Op op, List<Node> inputs) implements Source {}
  }

  private final int id;
  private final String name;
  private final Form form;
  private final Source source;

  Node(int id, String name, Form form, Source source) {
    this.id = id;
    this.name = name;
    this.form = form;
    this.source = source;
  }

  /// The node's place in the order of creation, which is an order of evaluation.
  public int id() {
    return id;
  }

  /// The name, unique in its graph, with the names of the layers around it: `dense1.affine`.
  public String name() {
    return name;
  }

  /// Shape, and whether there is one value for each sample.
  public Form form() {
    return form;
  }

  /// The shape of one sample's value.
  public Shape shape() {
    return form.shape();
  }

  /// Where the value comes from.
  public Source source() {
    return source;
  }

  @Override
  public String toString() {
    return name + " " + form;
  }
}
