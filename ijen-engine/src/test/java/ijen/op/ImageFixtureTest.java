package ijen.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Form;
import ijen.graph.Op;
import ijen.graph.OpBench;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.kernel.Window;
import ijen.kernel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ops of images against values and gradients that PyTorch computed, in `images.txt`.
class ImageFixtureTest {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tensor(int[] dimensions, double[] values) {}

  /// One case of the file: the op in words, its settings, and all tensors by name.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fixture(String op, int[] settings, Map<String, Tensor> tensors) {
    Tensor tensor(String name) {
      return Objects.requireNonNull(tensors.get(name), name);
    }

    List<String> inputs() {
      return Stream.of("x", "weight", "bias").filter(tensors::containsKey).toList();
    }

    Op make() {
      Window window = new Window(settings[0], settings[1], settings[2], settings[3], settings[4]);
      return switch (op) {
        case "convolution" -> new Convolution(window, settings[5]);
        case "transposedConvolution" -> new TransposedConvolution(window, settings[6], settings[5]);
        case "maxPool" -> new MaxPool(window);
        case "averagePool" -> new AveragePool(window);
        case "upsampleNearest" -> new UpsampleNearest(settings[2]);
        case "upsampleBilinear" -> new UpsampleBilinear(settings[2]);
        default -> throw new IllegalArgumentException(op);
      };
    }

    @Override
    public String toString() {
      return op + " " + Arrays.toString(settings);
    }
  }

  static List<Fixture> fixtures() {
    List<Fixture> fixtures = new ArrayList<>();
    try (InputStream in = ImageFixtureTest.class.getResourceAsStream("images.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> words = List.of(line.split(" ", -1));
        switch (words.getFirst()) {
          case "#" -> {}
          case "case" -> {
            int[] settings = words.stream().skip(2).mapToInt(Integer::parseInt).toArray();
            fixtures.add(new Fixture(words.get(1), settings, new LinkedHashMap<>()));
          }
          default -> {
            int[] dimensions =
                Stream.of(words.get(1).split("x", -1)).mapToInt(Integer::parseInt).toArray();
            double[] values = words.stream().skip(2).mapToDouble(Double::parseDouble).toArray();
            Tensor tensor = new Tensor(dimensions, values);
            fixtures.getLast().tensors.put(words.getFirst(), tensor);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fixtures;
  }

  @Test
  void everyOpHasFixtures() {
    assertThat(fixtures().stream().map(Fixture::op).distinct()).hasSize(6);
    assertThat(fixtures()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void agreesInDouble(Fixture fixture) {
    agrees(fixture, Kernels.reference(), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void agreesInFloat(Fixture fixture) {
    try (Workers workers = Workers.of(2)) {
      agrees(fixture, Kernels.vector(workers), 3e-5);
    }
  }

  private static void agrees(Fixture fixture, Kernels kernels, double error) {
    List<Form> forms = new ArrayList<>();
    double[][] x = new double[fixture.inputs().size()][];
    int samples = fixture.tensor("x").dimensions[0];
    for (String name : fixture.inputs()) {
      Tensor tensor = fixture.tensor(name);
      x[forms.size()] = tensor.values;
      int[] dimensions = tensor.dimensions;
      forms.add(
          name.equals("x")
              ? Form.batched(Shape.of(Arrays.copyOfRange(dimensions, 1, 4)))
              : Form.shared(Shape.of(dimensions)));
    }
    Op op = fixture.make();
    Tensor y = fixture.tensor("y");
    Shape shape = op.infer(forms).shape();
    assertThat(shape).isEqualTo(Shape.of(Arrays.copyOfRange(y.dimensions, 1, 4)));
    OpBench bench = new OpBench(op, forms, samples, kernels);
    assertThat(bench.forward(x)).containsExactly(y.values, within(error));
    double[][] gradients = bench.backward(x, fixture.tensor("d").values);
    for (int i = 0; i < x.length; i++) {
      String name = fixture.inputs().get(i);
      assertThat(gradients[i])
          .as("gradient of %s", name)
          .containsExactly(fixture.tensor("g" + name).values, within(error));
    }
  }
}
