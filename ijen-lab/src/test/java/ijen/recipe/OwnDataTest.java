package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.DataException;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import ijen.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDataTest {
  private static void write(Path folder) throws IOException {
    IdxFile.write(folder.resolve("train-images-idx3-ubyte.gz"), Tensor.of(new byte[24], 4, 2, 3));
    IdxFile.write(folder.resolve("train-labels-idx1-ubyte"), Tensor.of(new byte[] {0, 1, 2, 1}, 4));
    IdxFile.write(folder.resolve("t10k-images.idx3-ubyte"), Tensor.of(new byte[12], 2, 2, 3));
    IdxFile.write(folder.resolve("t10k-labels-idx1-ubyte"), Tensor.of(new byte[] {0, 1}, 2));
  }

  private static DataChoice choice(Path folder) {
    return Recipe.empty().with(Setting.DATA, folder.toString(), "--data").config().data();
  }

  @Test
  void aFolderIsADataSet(@TempDir Path folder) throws IOException {
    write(folder);
    TrainTest data = choice(folder).open(Options.defaults());
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.train().features()).isEqualTo(Shape.of(2, 3));
    assertThat(data.train().classes()).containsExactly("0", "1", "2");
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(choice(folder).label()).isEqualTo(folder.getFileName().toString());
  }

  @Test
  void classesMayHaveNames(@TempDir Path folder) throws IOException {
    write(folder);
    Files.writeString(folder.resolve("classes.txt"), "ash\nbeech\n oak \n");
    assertThat(choice(folder).open(Options.defaults()).test().classes())
        .containsExactly("ash", "beech", "oak");
    Files.writeString(folder.resolve("classes.txt"), "ash\nbeech");
    assertThatThrownBy(() -> choice(folder).open(Options.defaults()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected labels from 0 to 1, got 2 for sample 2");
  }

  @Test
  void whatIsMissingIsNamed(@TempDir Path folder) throws IOException {
    write(folder);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertThatThrownBy(() -> choice(folder).open(Options.defaults()))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("expected the targets of t10k-images.idx3-ubyte beside it");
  }
}
