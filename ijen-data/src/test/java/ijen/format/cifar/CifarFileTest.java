package ijen.format.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.FormatException;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CifarFileTest {
  private static final Fuzz FUZZ =
      new Fuzz("CIFAR", FormatException.class, 20, 2_000, 64 << 10); // a message and its trace

  @TempDir Path folder;

  /// Records whose pixels are their place: red ones begin with the number of the record.
  private static byte[] file(CifarKind kind, int records) {
    byte[] content = new byte[records * kind.recordBytes()];
    for (int i = 0; i < records; i++) {
      int at = i * kind.recordBytes();
      if (kind == CifarKind.CIFAR_100) {
        content[at++] = (byte) (i % 20);
      }
      content[at++] = (byte) (7 * i % kind.classes().size());
      for (int p = 0; p < 3072; p++) {
        content[at + p] = (byte) (i + 11 * (p / 1024) + 3 * (p % 1024));
      }
    }
    return content;
  }

  @Test
  void bothKindsAreReadByTheirLength() throws IOException {
    CifarFile ten = CifarFile.read("ten", file(CifarKind.CIFAR_10, 5));
    assertThat(ten.kind()).isEqualTo(CifarKind.CIFAR_10);
    assertThat(ten).hasToString("CIFAR_10, U8 [5, 3, 32, 32]");
    assertThat(ten.labels().ints()).containsExactly(0, 7, 4, 1, 8);
    assertThat(ten.superLabels()).isEmpty();
    CifarFile hundred = CifarFile.read("hundred", file(CifarKind.CIFAR_100, 30));
    assertThat(hundred.kind()).isEqualTo(CifarKind.CIFAR_100);
    assertThat(hundred.images()).hasToString("U8 [30, 3, 32, 32]");
    assertThat(hundred.labels().ints()).startsWith(0, 7, 14).endsWith(196 % 100, 3);
    assertThat(hundred.superLabels().orElseThrow().ints()).startsWith(0, 1, 2).endsWith(8, 9);
    for (CifarFile read : List.of(ten, hundred)) {
      int[] pixels = read.images().ints();
      for (int i = 0; i < read.labels().elements(); i++) {
        for (int p = 0; p < 3072; p++) {
          int expected = (i + 11 * (p / 1024) + 3 * (p % 1024)) & 255;
          assertThat(pixels[i * 3072 + p]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void severalFilesAreOneSet() throws IOException {
    Path first = folder.resolve("data_batch_1.bin");
    Path second = folder.resolve("data_batch_2.bin");
    byte[] content = file(CifarKind.CIFAR_10, 5);
    Files.write(first, Arrays.copyOf(content, 2 * 3073));
    Files.write(second, Arrays.copyOfRange(content, 2 * 3073, content.length));
    CifarFile both = CifarFile.read(List.of(first, second));
    CifarFile whole = CifarFile.read("whole", content);
    assertThat(both.images().bytes()).isEqualTo(whole.images().bytes());
    assertThat(both.labels().bytes()).isEqualTo(whole.labels().bytes());
    assertThat(CifarFile.read(first).labels().ints()).containsExactly(0, 7);
    Files.write(second, file(CifarKind.CIFAR_100, 1));
    assertThatThrownBy(() -> CifarFile.read(List.of(first, second)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            second + ": expected records of 3073 bytes, as " + first + " has, got 3074 bytes");
    assertThatThrownBy(() -> CifarFile.read(List.of()))
        .hasMessage("CIFAR: expected 1 or more files, got none");
  }

  @Test
  void whereTheLengthIsThatOfBothTheLabelsDecide() throws IOException {
    int length = 3073 * 3074;
    byte[] ten = file(CifarKind.CIFAR_10, 3074);
    byte[] hundred = file(CifarKind.CIFAR_100, 3073);
    assertThat(ten).hasSize(length);
    assertThat(hundred).hasSize(length);
    assertThat(CifarFile.read("ten", ten).kind()).isEqualTo(CifarKind.CIFAR_10);
    assertThat(CifarFile.read("hundred", hundred).kind()).isEqualTo(CifarKind.CIFAR_100);
  }

  @Test
  void otherFilesAreRefused() {
    for (int length : new int[] {0, 1, 3072, 3075, 6148 + 1}) {
      assertThatThrownBy(() -> CifarFile.read("x", new byte[length]))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              "x: expected a CIFAR file of 1 or more records of 3073 bytes (CIFAR-10) or 3074"
                  + " (CIFAR-100), got "
                  + length
                  + " bytes");
    }
    byte[] ten = file(CifarKind.CIFAR_10, 3);
    ten[2 * 3073] = 10;
    assertThatThrownBy(() -> CifarFile.read("x", ten))
        .isInstanceOf(FormatException.class)
        .hasMessage("x: byte 6146: expected the number of a class, 0 to 9, got 10");
    byte[] hundred = file(CifarKind.CIFAR_100, 3);
    hundred[3075] = 100;
    assertThatThrownBy(() -> CifarFile.read("x", hundred))
        .hasMessage("x: byte 3075: expected the number of a class, 0 to 99, got 100");
    hundred[3074] = (byte) 200;
    assertThatThrownBy(() -> CifarFile.read("x", hundred))
        .hasMessage("x: byte 3074: expected the number of a superclass, 0 to 19, got 200");
    assertThatThrownBy(() -> CifarFile.read(folder))
        .hasMessage(folder + ": expected a CIFAR file, but this is no ordinary file");
    assertThatThrownBy(() -> CifarFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theClassesAreThePublishedOnes() {
    assertThat(CifarKind.CIFAR_10.classes())
        .containsExactly(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck");
    assertThat(CifarKind.CIFAR_10.superclasses()).isEmpty();
    assertThat(CifarKind.CIFAR_100.classes()).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(CifarKind.CIFAR_100.superclasses()).hasSize(20).isSorted();
    assertThat(CifarKind.CIFAR_100.classes().get(51)).isEqualTo("mushroom");
    assertThat(CifarKind.CIFAR_100.superclasses().get(4)).isEqualTo("fruit_and_vegetables");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void changedFilesAreReadOrRefused() throws IOException {
    Fuzz.Result result =
        FUZZ.run(
            random -> Fuzz.Sample.of(changed(random)),
            (name, content) -> {
              CifarFile file = CifarFile.read(name, content);
              assertThat(file.images().elements()).isLessThan(content.length);
              assertThat(Arrays.stream(file.labels().ints()).max().orElseThrow())
                  .isLessThan(file.kind().classes().size());
            });
    assertThat(result.read()).isGreaterThan(FUZZ.rounds() / 10);
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 10);
  }

  private static byte[] changed(RandomGenerator random) {
    CifarKind kind = random.nextBoolean() ? CifarKind.CIFAR_10 : CifarKind.CIFAR_100;
    byte[] content = file(kind, 1 + random.nextInt(4));
    for (int k = random.nextInt(4); k > 0; k--) {
      int record = random.nextInt(content.length / kind.recordBytes());
      content[record * kind.recordBytes() + random.nextInt(3)] = (byte) random.nextInt(128);
    }
    return random.nextInt(4) == 0 ? Changes.any(content, random) : content;
  }
}
