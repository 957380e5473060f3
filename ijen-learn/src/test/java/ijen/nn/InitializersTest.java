package ijen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Initializer;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Window;
import ijen.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializersTest {
  @ParameterizedTest
  @CsvSource({
    "he, 0.005",
    "he(0.5), 0.00125",
    "he-uniform, 0.005",
    "xavier, 0.004",
    "xavier(2), 0.016",
    "xavier-uniform, 0.004",
    "lecun, 0.0025",
    "lecun-uniform, 0.0025",
    "orthogonal, 0.0025",
    "normal(0.01), 0.0001",
    "uniform(0.3), 0.03",
    "zeros, 0",
    "constant(2), 0"
  })
  void varianceFollowsTheFans(String text, double variance) {
    // [out, in] = [100, 400]: he 2/400, xavier 2/500, lecun 1/400
    Buffer values = Buffer.allocate(Precision.DOUBLE, 40_000);
    Initializer initializer = Initializers.parse(text);
    initializer.fill(values, Shape.of(100, 400), RandomStream.of(1, "test", 0));
    double mean = 0;
    double square = 0;
    for (int i = 0; i < values.length(); i++) {
      mean += values.get(i) / values.length();
      square += values.get(i) * values.get(i) / values.length();
    }
    // the standard error of a variance of n normals is σ²√(2/n) = 0.7 %
    assertThat(square - mean * mean).isCloseTo(variance, within(0.03 * variance + 1e-10));
    assertThat(Initializers.parse(Initializers.text(initializer))).isEqualTo(initializer);
  }

  @Test
  void bothPrecisionsBeginAlikeAndLayersDoNotDisturbEachOther() {
    Graph small = graph(Layers.dense(5));
    Graph large = graph(Layers.dense(5), Layers.dense(7));
    Theta single = small.parameters().initialize(Precision.FLOAT, 3);
    Theta dual = large.parameters().initialize(Precision.DOUBLE, 3);
    Parameter weight = small.parameters().get("dense1.weight");
    for (int i = 0; i < weight.size(); i++) {
      assertThat(single.slice(weight).get(i)).isEqualTo((float) dual.slice(weight).get(i));
    }
    assertThat(small.parameters().initialize(Precision.FLOAT, 4).sha256())
        .isNotEqualTo(single.sha256());
  }

  private static Graph graph(Layer... layers) {
    Graph g = new Graph();
    Network net = Network.of(Shape.of(6), layers);
    net.build(g, g.input("x", net.input()));
    return g;
  }

  /// Of a convolution [32, 4, 5, 5], 100 products make an output; an input is in 800.
  @ParameterizedTest
  @CsvSource({
    "he, 0.02",
    "lecun-uniform, 0.01",
    "xavier, 0.0022222222",
    "xavier-uniform, 0.0022222222"
  })
  void fansOfConvolutionsCountTheWindow(String text, double variance) {
    Shape shape = Shape.of(32, 4, 5, 5);
    assertThat(Initializers.fanIn(shape)).isEqualTo(100);
    assertThat(Initializers.fanOut(shape)).isEqualTo(800);
    Buffer values = Buffer.allocate(Precision.DOUBLE, shape.size());
    Initializers.parse(text).fill(values, shape, RandomStream.of(5, "test", 0));
    double mean = 0;
    double square = 0;
    int n = shape.size();
    for (int i = 0; i < n; i++) {
      mean += values.get(i) / n;
      square += values.get(i) * values.get(i) / n;
    }
    // four standard errors of the mean, σ/√n, and of a variance of normals, σ²√(2/n)
    assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
    assertThat(square).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / n)));
  }

  /// The two fans as `torch.nn.init._calculate_fan_in_and_fan_out` of PyTorch 1.13 gives them for
  /// the weight of a convolution of 8 channels with a window of 3×3; and as they are counted, by
  /// convolving ones: fan-out of a grouped one is too large by the number of groups.
  @ParameterizedTest
  @CsvSource({"12, 1, 72, 108", "12, 4, 18, 108", "8, 8, 9, 72", "16, 2, 36, 144"})
  void fanOutCountsTheOutputsOfAllGroupsAsPyTorchDoes(
      int outputs, int groups, double fanIn, double fanOut) {
    Shape shape = Shape.of(outputs, 8 / groups, 3, 3);
    assertThat(Initializers.fanIn(shape)).isEqualTo(fanIn);
    assertThat(Initializers.fanOut(shape)).isEqualTo(fanOut);

    Conv conv =
        Conv.of(outputs, Window.of(3))
            .withGroups(groups)
            .withWeight(Initializers.constant(1))
            .withoutBias();
    double[] all = new double[8 * 3 * 3];
    Arrays.fill(all, 1);
    assertThat(sum(conv, Shape.of(8, 3, 3), all) / outputs).as("into one output").isEqualTo(fanIn);
    double[] one = new double[8 * 5 * 5];
    one[12] = 1; // the middle of the first channel
    assertThat(sum(conv.withPadding(1), Shape.of(8, 5, 5), one))
        .as("from one input")
        .isEqualTo(fanOut / groups);
  }

  private static double sum(Layer layer, Shape input, double[] x) {
    Graph g = new Graph();
    Node loss = g.sum(layer.apply(g, g.input("x", input)));
    GraphObjective objective =
        new GraphObjective(
            g, loss, List.of(), 1, Kernels.reference(), Mode.EVALUATION, Reduction.SUM, 1);
    Batch batch = objective.newBatch();
    for (int i = 0; i < x.length; i++) {
      batch.input(0).set(i, x[i]);
    }
    batch.begin(1, 0);
    return objective.value(g.parameters().initialize(Precision.DOUBLE, 1), batch);
  }

  @ParameterizedTest
  @CsvSource({"he-uniform, 0.1224745", "xavier-uniform, 0.1095445", "uniform(0.3), 0.3"})
  void uniformNumbersFillTheirRange(String text, double bound) {
    Buffer values = Buffer.allocate(Precision.DOUBLE, 40_000);
    Initializers.parse(text).fill(values, Shape.of(100, 400), RandomStream.of(2, "test", 0));
    double least = 0;
    double most = 0;
    for (int i = 0; i < values.length(); i++) {
      least = Math.min(least, values.get(i));
      most = Math.max(most, values.get(i));
    }
    assertThat(most).isBetween(0.999 * bound, bound * 1.000001);
    assertThat(least).isBetween(-bound * 1.000001, -0.999 * bound);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 60, 23, 1e-6", "FLOAT, 17, 90, 1e-6", "DOUBLE, 64, 64, 1e-13"})
  void orthogonalVectorsAreOrthonormal(
      Precision precision, int rows, int columns, double tolerance) {
    Shape shape = columns == 90 ? Shape.of(rows, 10, 3, 3) : Shape.of(rows, columns);
    Buffer values = Buffer.allocate(precision, rows * columns);
    Initializers.orthogonal(1).fill(values, shape, RandomStream.of(7, "test", 0));
    boolean byRows = rows <= columns;
    int count = byRows ? rows : columns;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double inner = 0;
        for (int i = 0; i < (byRows ? columns : rows); i++) {
          inner +=
              byRows
                  ? values.get(a * columns + i) * values.get(b * columns + i)
                  : values.get(i * columns + a) * values.get(i * columns + b);
        }
        assertThat(inner).isCloseTo(a == b ? 1 : 0, within(tolerance));
      }
    }
    Buffer twice = Buffer.allocate(precision, rows * columns);
    Initializers.orthogonal(2).fill(twice, shape, RandomStream.of(7, "test", 0));
    assertThat(twice.get(3)).isEqualTo(2 * values.get(3));
  }

  @Test
  void orthogonalNeedsAMatrix() {
    Buffer values = Buffer.allocate(Precision.DOUBLE, 4);
    assertThatThrownBy(() ->
            Initializers.orthogonal(1).fill(values, Shape.of(4), RandomStream.of(1, "test", 0)))
        .hasMessage("orthogonal: expected a weight of two or more dimensions, got [4]");
  }

  @Test
  void unknownTextsAreExplained() {
    assertThatThrownBy(() -> Initializers.parse("normal(x)"))
        .hasMessageContaining("unknown initializer 'normal(x)': expected he, xavier");
    assertThatThrownBy(() -> Initializers.parse("normal(-1)")).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> Initializers.parse("normal")).hasMessageContaining("unknown");
    assertThatThrownBy(() -> Initializers.parse("zeros(1)")).hasMessageContaining("unknown");
    assertThatThrownBy(() -> Initializers.parse("xavier(0)"))
        .hasMessage("xavier: expected a gain above 0, got 0.0");
  }
}
