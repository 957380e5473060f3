package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.format.hdf5.Hdf5File;
import ijen.format.hdf5.Hdf5Storage;
import ijen.format.idx.IdxFile;
import ijen.format.npy.Npy;
import ijen.format.npy.Npz;
import ijen.format.safetensors.Safetensors;
import ijen.graph.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files and folders as data sets: decided by what is in them.
class SampleFilesTest {
  private static final TrainTest DIGITS =
      new TrainTest(Digits.generate(30, 1), Digits.generate(20, 2));

  @TempDir Path folder;

  private static void requireSame(Dataset got, Dataset want) {
    assertThat(got.size()).isEqualTo(want.size());
    assertThat(got.classes()).isEqualTo(want.classes());
    assertThat(got.features().size()).isEqualTo(want.features().size());
    for (int i = 0; i < want.size(); i++) {
      assertThat(got.sample(i)).as("sample %s", i).isEqualTo(want.sample(i));
      assertThat(got.label(i)).isEqualTo(want.label(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.npz", "d.h5", "d.hdf5", "d.safetensors"})
  void bothPartsFitOneFile(String name) throws IOException {
    Path file = folder.resolve(name);
    DIGITS.save(file);
    Path other = folder.resolve("renamed.bin"); // the content counts, not the name
    Files.move(file, other);
    TrainTest read = TrainTest.open(other);
    requireSame(read.train(), DIGITS.train());
    requireSame(read.test(), DIGITS.test());
    assertThat(read.train().sha256()).isEqualTo(DIGITS.train().sha256());
    requireSame(Dataset.open(other), DIGITS.train());
  }

  @Test
  void anArchiveCostsOnlyTheArraysThatAreAskedFor() throws IOException {
    Path file = folder.resolve("ten.npz");
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      arrays.put("a" + i, Tensor.of(new double[100_000], 100, 1000));
    }
    Npz.write(file, arrays);
    DataFile.open(file).close(); // loads classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (DataFile opened = DataFile.open(file)) {
      List<DataFile.Entry> entries = List.copyOf(opened.entries().values());
      assertThat(entries).hasSize(10);
      assertThat(entries.get(3)).hasToString("a3 F64 [100, 1000]");
      assertThat(entries.get(3).tensor().elements()).isEqualTo(100_000);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 * 800_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IDX", "NPY", "CSV"})
  void bothPartsFitAFolder(String format) throws IOException {
    DIGITS.saveTo(folder.resolve("all"), FileFormat.valueOf(format));
    TrainTest read = TrainTest.open(folder.resolve("all"));
    requireSame(read.train(), DIGITS.train());
    requireSame(read.test(), DIGITS.test());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.npz", "d.h5", "d.safetensors", "d.csv", "d.csv.gz"})
  void aWholeSetFitsAFile(String name) throws IOException {
    Path file = folder.resolve(name);
    DIGITS.train().save(file);
    requireSame(Dataset.open(file), DIGITS.train());
    TrainTest divided = TrainTest.open(file);
    assertThat(divided.train().size()).isEqualTo(24);
    assertThat(divided.test().size()).isEqualTo(6);
  }

  @Test
  void targetsLieBesideASingleArray() throws IOException {
    Npy.write(folder.resolve("X.npy"), Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
    assertThatThrownBy(() -> Dataset.open(folder.resolve("X.npy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "X.npy: it holds one array, F32 [3, 2]: expected the targets in a file beside it, one"
                + " of [Y.npy, y.npy]");
    Npy.write(folder.resolve("y.npy"), Tensor.of(new double[] {0.5, -1, 2}, 3));
    Dataset samples = Dataset.open(folder.resolve("X.npy"));
    assertThat(samples.classes()).isEmpty();
    assertThat(samples.features()).isEqualTo(Shape.of(2));
    assertThat(samples.sample(2)).containsExactly(5, 6);
    assertThat(samples.target()).isEqualTo(Shape.scalar());
  }

  @Test
  void mnistsOwnNamesAreKnownToo() throws IOException {
    IdxFile.write(folder.resolve("t10k-images.idx3-ubyte"), Tensor.of(new byte[12], 2, 2, 3));
    IdxFile.write(folder.resolve("t10k-labels.idx1-ubyte"), Tensor.of(new byte[] {0, 1}, 2));
    Dataset samples = Dataset.open(folder.resolve("t10k-images.idx3-ubyte"));
    assertThat(samples.features()).isEqualTo(Shape.of(2, 3));
    assertThat(samples.classes()).containsExactly("0", "1");
    Files.writeString(folder.resolve("classes.txt"), "ash\n\n oak \n");
    assertThat(Dataset.open(folder.resolve("t10k-images.idx3-ubyte")).classes())
        .containsExactly("ash", "oak");
    Files.delete(folder.resolve("t10k-labels.idx1-ubyte"));
    assertThatThrownBy(() -> Dataset.open(folder))
        .hasMessageEndingWith("expected the targets of t10k-images.idx3-ubyte beside it");
  }

  @Test
  void oneHotTargetsAreClasses() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("xdata", Tensor.of(new double[] {0, 0.25, 0.5, 1}, 2, 2));
    arrays.put("ydata", Tensor.of(new double[] {0, 0, 1, 1, 0, 0}, 2, 3));
    for (String part : List.of("train", "test")) {
      Hdf5File.write(
          folder.resolve("mnist_" + part + "data.hdf5"),
          arrays,
          Map.of(),
          Hdf5Storage.contiguous());
    }
    TrainTest both = TrainTest.open(folder);
    assertThat(both.train().classes()).containsExactly("0", "1", "2");
    assertThat(both.train().label(0)).isEqualTo(2);
    assertThat(both.test().sample(1)).containsExactly(0.5f, 1);
  }

  @Test
  void typesThatAreNoBytesBecomeNumbers() throws IOException {
    Npz.write(
        folder.resolve("wide.npz"),
        Map.of(
            "features",
            Tensor.ofBytes(Dtype.I16, new byte[] {1, 0, -1, -1, 0, 1, 2, 0}, 2, 2),
            "targets",
            Tensor.of(new long[] {4, 9}, 2)));
    Dataset samples = Dataset.open(folder.resolve("wide.npz"));
    assertThat(samples.sample(0)).containsExactly(1, -1);
    assertThat(samples.sample(1)).containsExactly(256, 2);
    assertThat(samples.classes()).hasSize(10);
    assertThat(samples.hasImages()).isFalse();
  }

  @Test
  void whatIsNotUnderstoodIsTold() throws IOException {
    Path odd = folder.resolve("odd.safetensors");
    Safetensors.write(
        odd, Map.of("w", Tensor.of(new float[2], 2), "b", Tensor.of(new float[1], 1)), Map.of());
    assertThatThrownBy(() -> Dataset.open(odd))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "odd.safetensors: expected arrays of features and targets, called as x and y");
    Path junk = folder.resolve("junk");
    Files.write(junk, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Dataset.open(junk))
        .hasMessageEndingWith("got one that begins with the bytes 01 02 03");
    assertThatThrownBy(() -> Dataset.open(folder.resolve("none")))
        .hasMessageEndingWith("none: there is no such file or folder");
    assertThatThrownBy(() -> DIGITS.save(folder.resolve("d.csv")))
        .hasMessageContaining("expected one part for one table, got [train, test]");
    assertThatThrownBy(() -> DIGITS.save(folder.resolve("d.xyz")))
        .hasMessageContaining("expected a name that ends with .npz");
  }

  @Test
  void featuresThatAreNotFiniteAreTold() throws IOException {
    Path file = folder.resolve("nan.npz");
    Npz.write(
        file,
        Map.of(
            "x", Tensor.of(new float[] {1, 2, Float.NaN, 4}, 2, 2),
            "y", Tensor.of(new byte[] {0, 1}, 2)));
    assertThatThrownBy(() -> Dataset.open(file))
        .hasMessageContaining("expected finite numbers, got NaN as feature 0 of sample 1");
  }
}
