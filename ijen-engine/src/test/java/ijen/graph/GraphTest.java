package ijen.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GraphTest {
  private static final Initializer ZEROS = (values, shape, random) -> values.fill(0);

  @Test
  void shapesAreInferredWhileTheGraphIsBuilt() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(28, 28));
    Node flat = g.reshape(x, Shape.of(784));
    Node w = g.parameter("w", Shape.of(10, 784), Role.WEIGHT, ZEROS);
    Node z = g.affine(flat, w);
    assertThat(z.form()).hasToString("[batch, 10]");
    assertThat(g.softmaxCrossEntropy(z, g.input("y", Shape.scalar())).form())
        .hasToString("[batch]");
    assertThat(g.parameters().size()).isEqualTo(7840);
  }

  @Test
  void aMistakeNamesTheLayerAndBothShapes() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(128));
    Graph layer = g.scope("dense", "fc2");
    Node w = layer.parameter("weight", Shape.of(10, 64), Role.WEIGHT, ZEROS);
    assertThatThrownBy(() -> layer.affine(x, w))
        .hasMessage(
            "dense 'fc2': input [batch, 128] does not fit weight [10, 64]: expected 64 features");
    assertThatThrownBy(() -> g.add(x, w))
        .hasMessage(
            "add: shapes differ, [batch, 128] and [10, 64]: expected the same shape for both");
    assertThatThrownBy(() -> g.matmul(x, w)).hasMessageStartingWith("matmul: inner sizes differ");
    assertThatThrownBy(() -> g.reshape(x, Shape.of(3))).hasMessageContaining("expected as many");
    assertThatThrownBy(() -> g.softmaxCrossEntropy(x, x.form().batched() ? w : x))
        .hasMessageContaining("expected class numbers [batch] or distributions [batch, 128]");
    assertThatThrownBy(() -> g.meanSquaredError(x, w))
        .hasMessageContaining("expected the same form");
  }

  @Test
  void parametersAreNamedByTheirLayerAndUnique() {
    Graph g = new Graph();
    Graph a = g.scope("dense", "a");
    a.parameter("weight", Shape.of(2, 3), Role.WEIGHT, ZEROS);
    g.scope("block", "b").scope("dense", "c").parameter("bias", Shape.of(4), Role.BIAS, ZEROS);
    assertThat(g.parameters().list().stream().map(Parameter::name))
        .containsExactly("a.weight", "b.c.bias");
    assertThat(g.parameters().get("b.c.bias").offset()).isEqualTo(6);
    assertThatThrownBy(() -> a.parameter("weight", Shape.of(1), Role.WEIGHT, ZEROS))
        .hasMessageContaining("'a.weight' is taken");
    assertThatThrownBy(() -> g.parameters().get("nix"))
        .hasMessageContaining("[a.weight, b.c.bias]");
  }

  @Test
  void aNodeOfAnotherGraphIsRefused() {
    Node stranger = new Graph().input("x", Shape.of(3));
    Graph g = new Graph();
    g.input("y", Shape.of(3));
    assertThatThrownBy(() -> g.relu(stranger)).hasMessageContaining("'x' belongs to another graph");
  }

  @Test
  void badShapesAreRefused() {
    assertThatThrownBy(() -> Shape.of(3, 0)).hasMessageContaining("[3, 0]");
    assertThatThrownBy(() -> Shape.of(70000, 70000)).hasMessageContaining("2147483647");
  }
}
