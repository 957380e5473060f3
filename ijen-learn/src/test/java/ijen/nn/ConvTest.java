package ijen.nn;

import static ijen.nn.Layers.averagePool;
import static ijen.nn.Layers.conv;
import static ijen.nn.Layers.convTranspose;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.flatten;
import static ijen.nn.Layers.globalAveragePool;
import static ijen.nn.Layers.globalMaxPool;
import static ijen.nn.Layers.maxPool;
import static ijen.nn.Layers.relu;
import static ijen.nn.Layers.reshape;
import static ijen.nn.Layers.upsample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Digits;
import ijen.graph.Graph;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.kernel.Window;
import ijen.loss.Losses;
import ijen.optim.Sgd;
import ijen.train.TrainResult;
import ijen.train.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Layers of images: convolution, pooling, upsampling.
class ConvTest {
  private static Network lenet() {
    return Network.of(
        Shape.of(784),
        reshape(1, 28, 28),
        conv(6, 5).withPadding(2),
        relu(),
        maxPool(2),
        conv(16, 5),
        relu(),
        maxPool(2),
        flatten(),
        dense(120),
        relu(),
        dense(84),
        relu(),
        dense(10));
  }

  @Test
  void theClassicNetworkHasItsParametersAndShapes() {
    Network net = lenet();
    assertThat(net.parameterCount()).isEqualTo(156 + 2_416 + 48_120 + 10_164 + 850);
    assertThat(net.rows().stream().map(row -> row.output().shape()))
        .containsSubsequence(
            Shape.of(6, 28, 28), Shape.of(6, 14, 14), Shape.of(16, 10, 10), Shape.of(16, 5, 5));
    Graph g = new Graph();
    net.build(g, g.input("x", net.input()));
    assertThat(g.parameters().list().stream().map(Parameter::name))
        .startsWith("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "dense1.weight");
  }

  @Test
  void aDescriptionMakesTheSameNetwork() {
    Network net =
        Network.of(
            Shape.of(4, 12, 10),
            conv(6, 3).withGroups(2).withDilation(2).withoutBias(),
            Conv.of(4, Window.of(3, 2)).withStride(2).withPadding(1),
            averagePool(2).withStride(1).withPadding(1),
            convTranspose(6, 3).withStride(2).withPadding(1).withOutputPadding(1).withGroups(2),
            ConvTranspose.of(3, Window.of(2, 1)).withDilation(2).withoutBias(),
            upsample(2),
            upsample(3).withBilinear(),
            maxPool(3).withStride(2),
            globalMaxPool());
    Network read = Network.read(net.describe());
    assertThat(read).isEqualTo(net);
    assertThat(read.rows()).isEqualTo(net.rows());
    assertThat(read.describe()).isEqualTo(net.describe());
    assertThat(Network.read(Network.of(Shape.of(2, 3, 3), globalAveragePool()).describe()).output())
        .isEqualTo(Shape.of(2));
  }

  @Test
  void mistakesAreReportedByTheLayersName() {
    assertThatThrownBy(() -> Network.of(Shape.of(1, 7, 7), conv(6, 5), conv(16, 5)))
        .hasMessage(
            "conv 'conv2': input [6, 3, 3] is smaller than the kernel 5×5 with padding 0: expected"
                + " a larger image, a smaller kernel or more padding");
    assertThatThrownBy(() -> Network.of(Shape.of(3, 7, 7), conv(6, 3).withGroups(2)))
        .hasMessageContaining("conv 'conv1': input [3, 7, 7] does not fit weight [6, 1, 3, 3] in 2")
        .hasMessageContaining("groups: expected 2 channels");
    assertThatThrownBy(() -> Network.of(Shape.of(784), conv(6, 3)))
        .hasMessage("conv 'conv1': input [784]: expected an image, [channels, height, width]");
    assertThatThrownBy(() -> Network.of(Shape.of(28, 28), maxPool(2)))
        .hasMessage(
            "maxPool 'maxPool1': input [28, 28]: expected an image, [channels, height, width]");
    assertThatThrownBy(() -> Network.of(Shape.of(784), globalAveragePool()))
        .hasMessageContaining("globalAveragePool 'globalAveragePool1': input [784]: expected an");
    assertThatThrownBy(() -> Network.of(Shape.of(5), upsample(2)))
        .hasMessageContaining("upsample 'upsample1': input [5]: expected an image");
    assertThatThrownBy(() -> Network.of(Shape.of(2, 1, 1), convTranspose(3, 3).withPadding(2)))
        .hasMessage(
            "convTranspose 'convTranspose1': input [2, 1, 1] would become -1×-1 by the kernel 3×3"
                + " with padding 2: expected less padding");
    assertThatThrownBy(() -> conv(5, 3).withGroups(2))
        .hasMessage("conv: expected a number of groups that divides the 5 outputs, got 2");
    assertThatThrownBy(() -> convTranspose(4, 3).withOutputPadding(1))
        .hasMessage("convTranspose: expected an output padding below the stride 1, got 1");
    assertThatThrownBy(() -> maxPool(3).withPadding(2))
        .hasMessageContaining("expected a padding of at most half the kernel 3×3");
    assertThatThrownBy(() -> upsample(0)).hasMessageContaining("expected a factor of 1 to");
    assertThatThrownBy(() -> Layers.of("maxPool", Map.of("kernel", java.util.List.of(2))))
        .hasMessage("maxPool: 'kernel': expected height and width, got [2]");
  }

  @Test
  void aHugePaddingIsRefusedBeforeAnythingIsAllocated() {
    assertThatThrownBy(() -> Network.of(Shape.of(64, 28, 28), conv(6, 3).withPadding(30_000)))
        .hasMessageContaining("conv 'conv1': input [64, 28, 28] with padding 30000 has more than");
  }

  /// Learns, to the same bits with any number of threads.
  @Test
  void twoConvolutionsLearnDigits() {
    TrainResult one = train(1);
    assertThat(one.score().accuracy()).isGreaterThan(0.9);
    TrainResult three = train(3);
    assertThat(three.model().theta().values().toFloats())
        .isEqualTo(one.model().theta().values().toFloats());
  }

  private static TrainResult train(int threads) {
    return Training.of(lenet(), Losses.crossEntropy(), Sgd.of(0.05).withMomentum(0.9))
        .batch(32)
        .epochs(5)
        .seed(4)
        .threads(threads)
        .fit(Digits.generate(1_500, 1), Digits.generate(300, 2));
  }
}
