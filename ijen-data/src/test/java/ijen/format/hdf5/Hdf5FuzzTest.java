package ijen.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Broken files: each is read, or refused with a [FormatException], quickly and in little memory.
class Hdf5FuzzTest {
  private static final long SEED = Long.getLong("ijen.seed", 23);
  private static final int ROUNDS = Integer.getInteger("ijen.rounds", 1500);

  /// What opening a file and reading all in it may allocate beside the data: the library makes
  /// objects of every header, and texts of every failure.
  private static final long SLACK = 8 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Test
  @Timeout(3600)
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
    int refused = 0;
    int damaged = 0;
    int whole = 0;
    long most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = changed(round, valid);
      Path file = folder.resolve("file" + round);
      Files.write(file, content);
      String what = "round " + round + " seed " + SEED;
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        int problems = readAll(file);
        whole += problems == 0 ? 1 : 0;
        damaged += problems == 0 ? 0 : 1;
      } catch (FormatException wrong) {
        assertThat(wrong).as(what).hasMessageStartingWith(file + ": ");
        refused++;
      } catch (IOException | RuntimeException | Error wrong) {
        throw new AssertionError(what + ": expected a FormatException", wrong);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      most = Math.max(most, allocated);
      assertThat(allocated)
          .as("bytes allocated for %s of %d bytes", what, content.length)
          .isLessThan(SLACK + 2L * content.length);
      Files.delete(file);
    }
    System.out.printf(
        Locale.ROOT,
        "HDF5: of %d changed files %d were refused, %d in part, %d were still valid; at most %d"
            + " bytes allocated (seed %d)%n",
        ROUNDS,
        refused,
        damaged,
        whole,
        most,
        SEED);
    assertThat(refused).isGreaterThan(ROUNDS / 4);
    assertThat(damaged).isPositive();
    assertThat(whole).isPositive();
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

  /// A changed file, a pure function of the round.
  private static byte[] changed(int round, List<byte[]> valid) {
    RandomGenerator random = RandomStream.of(SEED, "broken", round).generator();
    byte[] good = valid.get(random.nextInt(valid.size()));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> {
        byte[] bent = good.clone();
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield bent;
      }
      case 2 -> { // a number that is stored somewhere becomes one that lies
        byte[] bent = good.clone();
        long[] lies = {0, -1, 1L << 31, Integer.MAX_VALUE, Long.MAX_VALUE, 1L << 40, 255, 65535};
        ByteBuffer.wrap(bent)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(random.nextInt(bent.length - 8) / 8 * 8, lies[random.nextInt(lies.length)]);
        yield bent;
      }
      case 3 -> { // the same where structures are dense: behind the header
        byte[] bent = good.clone();
        int at = random.nextInt(Math.min(2048, bent.length - 4));
        ByteBuffer.wrap(bent).order(ByteOrder.LITTLE_ENDIAN).putInt(at, random.nextInt());
        yield bent;
      }
      case 4 -> { // two pieces change places
        byte[] bent = good.clone();
        int length = 1 + random.nextInt(512);
        int a = random.nextInt(bent.length - length);
        int b = random.nextInt(bent.length - length);
        System.arraycopy(good, a, bent, b, length);
        System.arraycopy(good, b, bent, a, length);
        yield bent;
      }
      default -> {
        int from = random.nextInt(good.length);
        int to = from + random.nextInt(good.length - from);
        byte[] cut = new byte[good.length - (to - from)];
        System.arraycopy(good, 0, cut, 0, from);
        System.arraycopy(good, to, cut, from, good.length - to);
        yield cut;
      }
    };
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
