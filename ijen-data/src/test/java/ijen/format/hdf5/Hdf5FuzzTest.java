package ijen.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Broken files: each is read, or refused with a [FormatException], quickly and in little memory.
class Hdf5FuzzTest {
  /// What opening a file and reading all in it may allocate beside the data: the library makes
  /// objects of every header, and texts of every failure.
  private static final long SLACK = 2 << 20;

  private static final Fuzz FUZZ = new Fuzz("HDF5", FormatException.class, 23, 1_500, SLACK);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void brokenFilesAreRefusedOrRead() throws IOException {
    List<byte[]> valid = new ArrayList<>();
    for (String name :
        List.of(
            "types-old.hdf5",
            "types-new.hdf5",
            "layouts-old.hdf5",
            "layouts-new.hdf5",
            "structure-old.hdf5",
            "structure-new.hdf5",
            "userblock.hdf5")) {
      valid.add(Hdf5FileTest.fixture(name));
    }
    Path ours = folder.resolve("ours.hdf5");
    Hdf5File.write(
        ours,
        Map.of("a/w", Tensor.of(new float[600], 20, 30), "b", Tensor.of(new byte[100], 10, 10)),
        Map.of("title", "text"),
        Hdf5Storage.compressed().withChunkBytes(500));
    valid.add(Files.readAllBytes(ours));
    int[] found = new int[2]; // whole files, and those that were refused in part
    Fuzz.Result result =
        FUZZ.run(
            folder,
            random -> Fuzz.Sample.of(Changes.any(valid.get(random.nextInt(valid.size())), random)),
            file -> found[readAll(file) == 0 ? 0 : 1]++);
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 5);
    assertThat(found[0]).as("whole files").isPositive();
    assertThat(found[1]).as("files refused in part").isPositive();
  }

  /// Reads everything; the number of data sets and attributes that were refused.
  private static int readAll(Path path) throws IOException {
    int problems = 0;
    try (Hdf5File file = Hdf5File.read(path)) {
      for (String name : file.datasets().keySet()) {
        try {
          file.tensor(name).bytes();
        } catch (FormatException wrong) {
          assertThat(wrong).hasMessageStartingWith(path + ": '");
          problems++;
        }
        try {
          file.attributes(name);
        } catch (FormatException wrong) {
          problems++;
        }
      }
      try {
        file.attributes();
      } catch (FormatException wrong) {
        problems++;
      }
    }
    return problems;
  }

  @Test
  void aShapeThatTheChunksCannotFillIsRefusedBeforeThereIsRoomForIt() throws IOException {
    byte[] content = Hdf5FileTest.fixture("layouts-old.hdf5");
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    // The shape of "one_chunk" and others: 11, 6, 5 as 8 bytes each. All of them lie now.
    int lies = 0;
    for (int at = 0; at + 24 <= content.length; at++) {
      if (bytes.getLong(at) == 11 && bytes.getLong(at + 8) == 6 && bytes.getLong(at + 16) == 5) {
        bytes.putLong(at, 1 << 24);
        lies++;
      }
    }
    assertThat(lies).isGreaterThan(8);
    Path path = folder.resolve("lying.hdf5");
    Files.write(path, content);
    try (Hdf5File file = Hdf5File.read(path)) {
      assertThat(file.dataset("gzip")).hasToString("F32 [16777216, 6, 5]");
      for (String name : List.of("contiguous", "chunked", "gzip", "one_chunk", "resizable")) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> file.tensor(name))
            .as(name)
            .isInstanceOf(FormatException.class)
            .hasMessageContaining("'" + name + "': ");
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as(name).isLessThan(8 << 20);
      }
    }
  }

  @Test
  void groupsWithinThemselvesEnd() throws IOException {
    Path path = folder.resolve("circle.hdf5");
    Files.write(path, Hdf5FileTest.fixture("structure-new.hdf5"));
    try (Hdf5File file = Hdf5File.read(path)) {
      assertThat(file.others().values())
          .filteredOn(text -> text.startsWith("another name of a group"))
          .hasSize(2);
    }
  }
}
