package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.graph.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The real files, where `IJEN_DATA` has them.
class MnistTest {

  private static void requireData(String name) {
    String data = System.getenv("IJEN_DATA");
    assumeTrue(
        data != null && Files.isDirectory(Path.of(data, name)),
        "the real " + name + " is read only where IJEN_DATA names a folder that has it");
  }

  @Test
  void mnistIsWhatItSays() {
    requireData("mnist");
    TrainTest both = Mnist.open(Options.defaults().withOffline(true));
    assertThat(both.train().size()).isEqualTo(60_000);
    assertThat(both.test().size()).isEqualTo(10_000);
    assertThat(both.train().features()).isEqualTo(Shape.of(28, 28));
    assertThat(both.train().classCounts())
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(both.train().label(0)).isEqualTo(5);
    assertThat(both.test().label(0)).isEqualTo(7);
    assertThat(meanOf(both.train()))
        .isBetween(0.13065, 0.13067); // 0.1307, as everybody's scripts say
    assertThat(Mnist.verify(Options.defaults()))
        .extracting(FileCheck::status)
        .doesNotContain(FileCheck.Status.UNKNOWN, FileCheck.Status.MISSING);
  }

  @Test
  void fashionMnistIsWhatItSays() {
    requireData("fashion-mnist");
    Dataset train = FashionMnist.train();
    Dataset test = FashionMnist.test();
    assertThat(train.classCounts()).containsOnly(6_000);
    assertThat(test.classCounts()).containsOnly(1_000);
    assertThat(train.classes().get(train.label(0))).isEqualTo("Ankle boot");
    assertThat(meanOf(train)).isBetween(0.2860, 0.2861);
    assertThat(FashionMnist.verify(Options.defaults()))
        .extracting(FileCheck::status)
        .doesNotContain(FileCheck.Status.UNKNOWN, FileCheck.Status.MISSING);
  }

  private static double meanOf(Dataset images) {
    long sum = 0;
    for (int i = 0; i < images.size(); i++) {
      for (byte pixel : images.image(i)) {
        sum += pixel & 255;
      }
    }
    return sum / 255.0 / images.size() / 784;
  }

  @Test
  void bothPublishFourFilesOfIdenticalNames() {
    List<String> names = Mnist.FILES.files().stream().map(PublishedFile::name).toList();
    assertThat(FashionMnist.FILES.files()).extracting(PublishedFile::name).isEqualTo(names);
    for (MnistFiles set : List.of(Mnist.FILES, FashionMnist.FILES)) {
      assertThat(set.classes()).hasSize(10).doesNotHaveDuplicates();
      assertThat(set.mirrors()).isNotEmpty().allMatch(mirror -> mirror.getPath().endsWith("/"));
      assertThat(set.files())
          .allMatch(file -> file.sha256().matches("[0-9a-f]{64}"))
          .allMatch(file -> file.contentSha256().matches("[0-9a-f]{64}"))
          .extracting(PublishedFile::contentBytes)
          .containsExactly(47_040_016L, 60_008L, 7_840_016L, 10_008L);
    }
  }
}
