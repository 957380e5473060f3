package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static final List<Path> FILES = files(20);

  private static List<Path> files(int count) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(Path.of(Integer.toString(i)));
    }
    return files;
  }

  private static Tensor number(Path file) {
    return Tensor.of(new int[] {Integer.parseInt(file.toString())}, 1);
  }

  @Test
  void resultsComeInTheOrderOfTheFiles() throws IOException {
    for (int count : new int[] {0, 1, 2, 20}) {
      List<Tensor> read = Together.read(FILES.subList(0, count), TogetherTest::number);
      assertThat(read).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(read.get(i).get(0)).isEqualTo(i);
      }
    }
  }

  @Test
  void theFirstFailureIsTold() {
    assertThatThrownBy(() ->
            Together.read(
                FILES,
                file -> {
                  int number = (int) number(file).get(0);
                  if (number >= 7) {
                    throw new FormatException(file.toString(), "expected less");
                  }
                  return number(file);
                }))
        .isInstanceOf(FormatException.class)
        .hasMessage("7: expected less");
    assertThatThrownBy(() ->
            Together.read(
                FILES,
                file -> {
                  throw new IllegalArgumentException("no " + file);
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no 0");
  }
}
