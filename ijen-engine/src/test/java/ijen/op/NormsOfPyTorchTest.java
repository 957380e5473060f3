package ijen.op;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Form;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.OpBench;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Normalisations and embeddings against values that PyTorch computed: see `norms.py` beside them.
class NormsOfPyTorchTest {
  private static final Map<String, double[]> VALUES = read();
  private static final Op NORM = new BatchNormalization(1e-5, 0.1, false);

  private static Map<String, double[]> read() {
    Map<String, double[]> values = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(NormsOfPyTorchTest.class.getResourceAsStream("norms.txt")),
                StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        String[] words = line.split(" ");
        values.put(words[0], Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] value(String name) {
    return Objects.requireNonNull(VALUES.get(name), name);
  }

  @ParameterizedTest
  @EnumSource
  void batchNormOfFeatures(Precision precision) {
    batchNorm("features", 6, Shape.of(5), precision);
  }

  @ParameterizedTest
  @EnumSource
  void batchNormOfImages(Precision precision) {
    batchNorm("images", 4, Shape.of(3, 2, 3), precision);
  }

  /// Three steps of training, whose statistics follow one another, and an evaluation with them.
  private static void batchNorm(String name, int samples, Shape shape, Precision precision) {
    int channels = shape.dimension(0);
    Form all = Form.shared(Shape.of(channels));
    List<Form> forms = List.of(Form.batched(shape), all, all, all, all);
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    Arrays.fill(variance, 1);
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.of(precision, workers);
      OpBench training = new OpBench(NORM, forms, samples, kernels);
      double[] scale = value(name + ".scale");
      double[] shift = value(name + ".shift");
      for (int step = 0; step < 3; step++) {
        String call = name + "." + step;
        double[][] inputs = {value(call + ".x"), scale, shift, mean, variance};
        check(call, training, inputs, precision);
        double[][] settled = training.settle(inputs);
        mean = settled[3];
        variance = settled[4];
        near(mean, value(call + ".mean"), precision);
        near(variance, value(call + ".variance"), precision);
      }
      OpBench evaluation = new OpBench(NORM, forms, samples, kernels, false, Mode.EVALUATION);
      String call = name + ".eval";
      check(
          call,
          evaluation,
          new double[][] {value(call + ".x"), scale, shift, mean, variance},
          precision);
    }
  }

  @ParameterizedTest
  @EnumSource
  void layerNorm(Precision precision) {
    Form all = Form.shared(Shape.of(7));
    List<Form> forms = List.of(Form.batched(Shape.of(3, 7)), all, all);
    try (Workers workers = Workers.of(1)) {
      OpBench bench =
          new OpBench(new LayerNormalization(1e-5), forms, 4, Kernels.of(precision, workers));
      double[][] inputs = {value("layer.x"), value("layer.scale"), value("layer.shift")};
      check("layer", bench, inputs, precision);
    }
  }

  private static void check(String call, OpBench bench, double[][] inputs, Precision precision) {
    near(bench.forward(inputs), value(call + ".y"), precision);
    double[][] gradients = bench.backward(inputs, value(call + ".d"));
    near(gradients[0], value(call + ".dx"), precision);
    near(gradients[1], value(call + ".dscale"), precision);
    near(gradients[2], value(call + ".dshift"), precision);
  }

  @Test
  void embedding() {
    List<Form> forms = List.of(Form.shared(Shape.of(5, 3)), Form.batched(Shape.scalar()));
    try (Workers workers = Workers.of(1)) {
      for (Precision precision : Precision.values()) {
        OpBench bench = new OpBench(new Lookup(), forms, 8, Kernels.of(precision, workers));
        double[][] inputs = {value("embedding.table"), value("embedding.numbers")};
        near(bench.forward(inputs), value("embedding.y"), precision);
        double[][] gradients = bench.backward(inputs, value("embedding.d"));
        near(gradients[0], value("embedding.dtable"), precision);
      }
    }
  }

  private static void near(double[] got, double[] want, Precision precision) {
    double tolerance = precision == Precision.DOUBLE ? 1e-12 : 3e-6;
    double size = 0;
    for (double number : want) {
      size = Math.max(size, Math.abs(number));
    }
    assertThat(got).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      assertThat(Math.abs(got[i] - want[i])).as("number %d", i).isLessThan(tolerance * size);
    }
  }
}
