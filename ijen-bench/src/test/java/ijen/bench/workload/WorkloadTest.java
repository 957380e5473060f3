package ijen.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.ByteImages;
import ijen.data.Digits;
import ijen.data.TrainTest;
import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.nn.Network;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  /// Counted by hand: forward, gradients of weights, gradients of all inputs but the first.
  @ParameterizedTest
  @CsvSource({
    "A, 784-40-40-40-10, 73_520",
    "B, 784-256-256-256-256-10 batch norm, 998_912",
    "C, 784-128-64-128-784, 550_912",
    "D, 784-256-256-10, 605_696",
    "E, 784-512-10, 818_176",
    "F, 784-10, 15_680",
    "G, 784-10, 15_680",
    "H, 784-5×5×6-pool-5×5×16-pool-120-84-10, 1_131_960",
  })
  void networksAndTheirCost(Workload workload, String layers, String multiplyAdds) {
    assertThat(workload.text(784, 10)).startsWith(layers);
    assertThat(workload.multiplyAdds(784, 10))
        .isEqualTo(Long.parseLong(multiplyAdds.replace("_", "")));
  }

  @ParameterizedTest
  @EnumSource
  void theNetworkHasTheLayersThatAreTold(Workload workload) {
    Network network = workload.network(784, 7);
    Graph g = new Graph();
    Node output = network.build(g, g.input("features", network.input()));
    assertThat(output.shape()).isEqualTo(Shape.of(workload.copies() ? 784 : 7));
    var layers = workload.layers(784, 7);
    int parameters = 0;
    for (int i = 1; i < layers.size(); i++) {
      parameters += (layers.get(i - 1) + 1) * layers.get(i);
    }
    parameters +=
        switch (workload.kind()) {
          case DENSE, COPYING -> 0;
          case NORMALISED -> 2 * 4 * 256; // scales and shifts
          case CONVOLUTIONAL -> // the first dense layer sees 16 images of 5×5
              6 * (25 + 1) + 16 * (6 * 25 + 1) + (16 * 25 - 784) * 120;
        };
    assertThat(g.parameters().size()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsToldInWordsAndUnderstood(Workload workload) {
    Job job = new Job(workload, 784, 10, new Effort(1, 3, 5), 2, 42, Path.of("/a=b"));
    assertThat(Job.of(job.words().toArray(String[]::new))).isEqualTo(job);
    assertThatThrownBy(() -> Job.of("workload=A", "threads=1"))
        .hasMessageContaining("expected a word layers=…");
  }

  @Test
  void wordsSayWhatAPeerNeeds() {
    Job job = new Job(Workload.A, 784, 10, new Effort(1, 3, 0), 2, 1, Path.of("/d"));
    assertThat(job.words())
        .contains(
            "layers=784,40,40,40,10",
            "loss=cross-entropy",
            "batch=16",
            "optimizer=sgd",
            "rate=0.01",
            "decay=0.001",
            "data=/d");
    Job copies = new Job(Workload.C, 784, 10, new Effort(1, 3, 0), 2, 1, Path.of("/d"));
    assertThat(copies.words()).contains("loss=squared-error", "optimizer=adam", "decay=0.0");
  }

  @Test
  void samplesComeBackAsTheyWere(@TempDir Path folder) throws Exception {
    ByteImages train = Digits.generate(30, 5);
    SampleFiles.write(new TrainTest(train, train.take(7)), folder);
    ByteImages read = SampleFiles.read(folder, "train", 784, 10);
    assertThat(read.size()).isEqualTo(30);
    for (int i = 0; i < 30; i++) {
      assertThat(read.image(i)).isEqualTo(train.image(i));
      assertThat(read.label(i)).isEqualTo(train.label(i));
    }
    assertThat(SampleFiles.read(folder, "test", 784, 10).size()).isEqualTo(7);
  }
}
