package ijen.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Plan.Purpose;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.op.SymmetricOp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What plans fuse, do in place and keep in memory.
class PlanTest {
  private static final Initializer NORMAL =
      (values, shape, random) -> {
        for (int i = 0; i < values.length(); i++) {
          values.set(i, 0.5 * random.normal(i));
        }
      };

  private static Node dense(Graph g, Node x, int out) {
    Node weight =
        g.parameter("weight", Shape.of(out, x.shape().dimension(-1)), Role.WEIGHT, NORMAL);
    return g.affine(x, weight, g.parameter("bias", Shape.of(out), Role.BIAS, NORMAL));
  }

  /// All that is computed in a graph: watched, it keeps memory of its own.
  private static List<Node> results(Graph g) {
    return g.nodes().stream().filter(n -> n.source() instanceof Node.Source.Result).toList();
  }

  private static Plan plan(Graph g, Node output, Purpose purpose) {
    return Plan.of(g, List.of(output), 64, purpose, Mode.TRAINING);
  }

  /// 784-256-256-10 for batches of 64: what is kept at the fullest moment, and nothing more.
  @Test
  void memoryOfDenseNetwork() {
    Graph g = new Graph();
    Node x = g.input("image", Shape.of(784));
    Node first = g.relu(dense(g.scope("dense", "a"), x, 256));
    Node second = g.relu(dense(g.scope("dense", "b"), first, 256));
    Node logits = dense(g.scope("dense", "c"), second, 10);
    Node loss = g.softmaxCrossEntropy(logits, g.input("label", Shape.scalar()));
    int rows = 64;
    int hidden = rows * 256;
    int classes = rows * 10;

    // The second layer reads the first; what follows fits where the first was.
    Plan forward = plan(g, loss, Purpose.FORWARD);
    assertThat(forward.size()).isEqualTo(2 * hidden);
    // The second layer's rule has both layers' values and gradients; the loss is there to the end.
    Plan gradient = plan(g, loss, Purpose.GRADIENT);
    assertThat(gradient.size()).isEqualTo(4 * hidden + rows);
    // The second layer's rule reads the first's value and tangent and writes its own.
    Plan tangent = plan(g, loss, Purpose.TANGENT);
    assertThat(tangent.size()).isEqualTo(4 * hidden);

    // In buffers of their own: before and after each activation, logits, loss; and ∂loss/∂logits.
    int values = 4 * hidden + classes + rows;
    assertThat(forward.size()).isLessThan((values + classes) / 2);
    assertThat(gradient.size()).isLessThan((2 * values + classes) / 2);
    assertThat(tangent.size()).isLessThan((2 * values + classes) / 2);

    assertThat(forward)
        .hasToString(
            "FORWARD plan for batches of up to 64, 32768 numbers: [relu (affine+relu),"
                + " relu2 (affine+relu), c.affine, softmaxCrossEntropy]");
    List<Node> all = new ArrayList<>(List.of(loss));
    all.addAll(results(g));
    Plan apart = Plan.of(g, all, 64, Purpose.FORWARD, Mode.TRAINING);
    assertThat(apart.size()).isEqualTo(values + classes);
    assertThat(forward.flops(64)).isEqualTo(apart.flops(64));
  }

  @Test
  void aValueWithOtherReadersIsNotFused() {
    Graph g = new Graph();
    Node z = dense(g, g.input("x", Shape.of(8)), 8);
    Node loss = g.mean(g.multiply(g.tanh(z), z));
    assertThat(plan(g, loss, Purpose.GRADIENT).toString())
        .endsWith("[affine, tanh, multiply, mean]");
    Node alone = g.mean(g.sigmoid(dense(g.scope("dense", "b"), z, 8)));
    assertThat(plan(g, alone, Purpose.GRADIENT).toString())
        .endsWith("[affine, sigmoid (affine+sigmoid), mean2]");
    Plan watched =
        Plan.of(
            g, List.of(alone, g.nodes().get(alone.id() - 2)), 64, Purpose.GRADIENT, Mode.TRAINING);
    assertThat(watched.toString()).endsWith("[affine, b.affine, sigmoid, mean2]");
  }

  @Test
  void aForwardPlanKeepsNoMoreThanTheNextOpsRead() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(64));
    for (int i = 0; i < 20; i++) {
      x = g.tanh(g.scale(x, 1.1));
    }
    Node loss = g.mean(x);
    int one = 64 * 32;
    Plan forward = Plan.of(g, List.of(loss), 32, Purpose.FORWARD, Mode.EVALUATION);
    assertThat(forward.size()).isBetween(one, one + 64); // all in place
    assertThat(forward.flops(32)).isEqualTo(41L * one);
  }

  /// Another shape of a value is that value, also where the value is needed again.
  @Test
  void aViewTakesNoMemory() {
    Graph g = new Graph();
    Node w = g.parameter("w", Shape.of(64, 64), Role.WEIGHT, NORMAL);
    Node s = g.sigmoid(g.matmul(g.input("x", Shape.of(64)), w)); // read backward
    Node viewed = g.mean(g.exp(g.reshape(s, Shape.of(8, 8))));
    Node direct = g.mean(g.exp(s));
    assertThat(plan(g, viewed, Purpose.GRADIENT).size())
        .isEqualTo(plan(g, direct, Purpose.GRADIENT).size());
  }

  /// In evaluation dropout is the identity, and costs nothing.
  @Test
  void onlyTrainingKeepsDropoutMasks() {
    Graph g = new Graph();
    Node x = g.exp(g.input("x", Shape.of(64)));
    Node loss = g.mean(g.dropout(x, 0.5));
    int one = 64 * 64;
    assertThat(plan(g, loss, Purpose.FORWARD).size()).isEqualTo(2 * one);
    Plan evaluation = Plan.of(g, List.of(loss), 64, Purpose.FORWARD, Mode.EVALUATION);
    assertThat(evaluation.size()).isBetween(one, one + 64);
  }

  /// An op that says it does not read its input again but does is found out.
  @Test
  void aFalseWordAboutWhatIsReadShows() {
    record Liar(boolean inPlace) implements SymmetricOp {
      @Override
      public String name() {
        return "square";
      }

      @Override
      public void forward(Frame f) {
        int n = f.count();
        f.kernels().multiply(f.input(0), n, f.input(0), n, f.output(), 1, n);
      }

      @Override
      public void derive(Frame f, Buffer d, Buffer out) {
        int n = f.count();
        f.kernels().multiply(f.input(0), n, d, n, out, 1, n);
        f.kernels().scale(out, 2, out, n);
      }

      @Override
      public boolean backwardReadsInput(int input) {
        return false;
      }
    }
    for (boolean inPlace : new boolean[] {false, true}) {
      Graph g = new Graph();
      Node x = g.input("x", Shape.of(6));
      Node row = g.parameter("row", Shape.of(6), Role.WEIGHT, NORMAL);
      Node y = g.apply(new Liar(inPlace), g.add(x, row));
      Node loss = g.mean(g.scale(y, 3));
      Plan shared = Plan.of(g, List.of(loss), 4, Purpose.GRADIENT, Mode.TRAINING);
      List<Node> all = new ArrayList<>(List.of(loss));
      all.addAll(results(g));
      Plan apart = Plan.of(g, all, 4, Purpose.GRADIENT, Mode.TRAINING);
      Batch batch = new Batch(Precision.DOUBLE, 4, List.of(x.form()));
      batch.features().fill(0.3);
      Theta theta = g.parameters().initialize(Precision.DOUBLE, 1);
      List<String> hashes = new ArrayList<>();
      for (Plan plan : List.of(shared, apart)) {
        Workspace workspace = new Workspace(plan, Kernels.reference(), 1);
        workspace.poison();
        workspace.forward(theta, batch);
        Gradient gradient = new Gradient(g.parameters(), Precision.DOUBLE);
        workspace.backward(gradient, 1);
        hashes.add(gradient.sha256());
      }
      assertThat(hashes.getFirst()).isNotEqualTo(hashes.getLast());
    }
  }
}
