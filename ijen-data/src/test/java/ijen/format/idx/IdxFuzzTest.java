package ijen.format.idx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of broken files: each must be refused with an [FormatException], quickly and in little
/// memory.
class IdxFuzzTest {
  private static final long SEED = Long.getLong("ijen.seed", 20);
  private static final int ROUNDS = 12_000;

  /// What a reader may allocate for a file of which `n` bytes are really there: `GROWTH · n +
  /// SLACK`.
  private static final long GROWTH = 4;

  private static final long SLACK = 160 << 10; // the first room, the stream's buffer, an exception

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// A changed file: how, the bytes, how many are really there when unpacked, whether it must be
  /// refused.
  private static final class Sample {
    private final String what;
    private final byte[] content;
    private final long trueSize;
    private final boolean surelyBroken;

    Sample(String what, byte[] content, long trueSize, boolean surelyBroken) {
      this.what = what;
      this.content = content;
      this.trueSize = trueSize;
      this.surelyBroken = surelyBroken;
    }
  }

  @Test
  @Timeout(60)
  void brokenFilesInMemoryAreRefused() throws IOException {
    List<byte[]> valid = validArrays();
    warmUp(valid);
    int refused = 0;
    int stillValid = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Sample sample = sample(round, valid);
      String name = sample.what + " round " + round + " seed " + SEED;
      if (refuses(name, sample, () -> IdxFile.read(name, sample.content))) {
        refused++;
      } else {
        assertThat(sample.surelyBroken).as("accepted %s", name).isFalse();
        stillValid++;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "IDX: %d broken files refused, %d changed ones were still valid (seed %d)%n",
        refused,
        stillValid,
        SEED);
    assertThat(refused).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  @Timeout(60)
  void brokenFilesOnDiskAreRefused(@TempDir Path folder) throws IOException {
    List<byte[]> valid = validArrays();
    warmUp(valid);
    int refused = 0;
    for (int round = 0; round < 600; round++) {
      Sample sample = sample(ROUNDS + round, valid);
      Path file = folder.resolve("file" + round);
      Files.write(file, sample.content);
      String name = sample.what + " round " + (ROUNDS + round) + " seed " + SEED;
      if (refuses(name, sample, () -> IdxFile.read(file))) {
        refused++;
      } else {
        assertThat(sample.surelyBroken).as("accepted %s", name).isFalse();
      }
      Files.delete(file);
    }
    assertThat(refused).isGreaterThanOrEqualTo(300);
  }

  @Test
  @Timeout(60)
  void aBombIsNotUnpacked() throws IOException {
    warmUp(validArrays());
    byte[] header = header(8, 1000);
    byte[] bomb = zip(header, 64 << 20); // 64 MiB of zeros in 64 KiB
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(failure("bomb", bomb)).hasMessageContaining("expected the end after 1000");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(SLACK);

    byte[] lying = zip(header(14, 100, 100_000), 3 << 20); // a tenth of what it says
    before = THREADS.getCurrentThreadAllocatedBytes();
    FormatException failure = failure("lying", lying);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(SLACK + 4 * (3 << 20));
    assertThat(failure).isNotNull();
  }

  /// Reaches every message once: linking a message's first use allocates, and is not the reader's
  /// doing.
  private static void warmUp(List<byte[]> valid) throws IOException {
    for (int round = 0; round < 500; round++) {
      Sample sample = sample(-1 - round, valid);
      try {
        IdxFile.read("warm-up", sample.content);
      } catch (FormatException refused) {
        assertThat(refused).hasMessageStartingWith("warm-up: ");
      }
    }
  }

  private static FormatException failure(String name, byte[] content) {
    try {
      throw new AssertionError(name + " was accepted as " + IdxFile.read(name, content));
    } catch (FormatException refused) {
      return refused;
    } catch (IOException other) {
      throw new AssertionError(other);
    }
  }

  @FunctionalInterface
  private interface Reading {
    Tensor read() throws IOException;
  }

  /// Whether the file is refused; fails if it is refused in another way than promised.
  private static boolean refuses(String name, Sample sample, Reading reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    IOException failure = null;
    Tensor array = null;
    try {
      array = reading.read();
    } catch (IOException refused) {
      failure = refused;
    } catch (RuntimeException | Error wrong) {
      throw new AssertionError(name + ": expected an FormatException", wrong);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("bytes allocated for %s of %d bytes", name, sample.trueSize)
        .isLessThan(GROWTH * sample.trueSize + SLACK);
    if (array != null) {
      return false;
    }
    assertThat(failure)
        .as(name)
        .isInstanceOf(FormatException.class)
        .hasMessageMatching("(?s).+: (decompressed |compressed )?byte \\d+: .*(expected|needs).*");
    return true;
  }

  private static List<byte[]> validArrays() throws IOException {
    RandomGenerator random = RandomStream.of(SEED, "valid", 0).generator();
    List<byte[]> valid = new ArrayList<>();
    for (Dtype type : List.of(Dtype.U8, Dtype.I8, Dtype.I16, Dtype.I32, Dtype.F32, Dtype.F64)) {
      for (int[] shape : new int[][] {{}, {7}, {5, 3}, {4, 6, 5}, {2, 1, 3, 2}, {1000, 3}}) {
        byte[] data = new byte[(int) type.bytes(Tensor.elements(shape))];
        random.nextBytes(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxFile.write(out, Tensor.ofShared(type, data, shape));
        valid.add(out.toByteArray());
      }
    }
    return valid;
  }

  /// A changed file, a pure function of the round.
  private static Sample sample(int round, List<byte[]> valid) throws IOException {
    RandomGenerator random = RandomStream.of(SEED, "broken", round).generator();
    byte[] good = valid.get(random.nextInt(valid.size()));
    boolean zipped = random.nextInt(3) == 0;
    byte[] stored = zipped ? zip(good, 0) : good;
    long size = Math.max(good.length, stored.length);
    return switch (random.nextInt(9)) {
      case 0 ->
          new Sample("truncated", Arrays.copyOf(stored, random.nextInt(stored.length)), size, true);
      case 1 -> {
        byte[] longer = Arrays.copyOf(stored, stored.length + 1 + random.nextInt(2000));
        for (int i = stored.length; i < longer.length; i++) {
          longer[i] = (byte) random.nextInt();
        }
        yield new Sample("oversized", longer, longer.length + size, true);
      }
      case 2 -> {
        byte[] bent = good.clone();
        int at = random.nextInt(4);
        bent[at] = (byte) (bent[at] + 1 + random.nextInt(255)); // magic, type or rank
        boolean typeOrRank = at >= 2; // an array of other numbers may happen to be valid
        yield stored("wrong magic", bent, zipped, !typeOrRank);
      }
      case 3 -> {
        byte[] bent = good.clone();
        int rank = good[3];
        if (rank == 0) {
          yield stored("rank without dimensions", Arrays.copyOf(good, 4), zipped, true);
        }
        int[] lies = {
          0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 30, random.nextInt()
        };
        int at = 4 + 4 * random.nextInt(rank);
        int lie = lies[random.nextInt(lies.length)];
        ByteBuffer.wrap(bent).putInt(at, lie);
        yield stored("lying size", bent, zipped, ByteBuffer.wrap(good).getInt(at) != lie);
      }
      case 4 -> {
        byte[] garbage = new byte[random.nextInt(3000)];
        random.nextBytes(garbage);
        if (garbage.length > 1 && zipped) {
          garbage[0] = 0x1F;
          garbage[1] = (byte) 0x8B;
        }
        boolean idx = garbage.length > 4 && garbage[0] == 0 && garbage[1] == 0;
        yield new Sample("garbage", garbage, garbage.length, !idx);
      }
      case 5 -> {
        byte[] bent = stored.clone();
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield new Sample("flipped bits", bent, 3L * size, false);
      }
      case 6 ->
          stored("zipped and cut", Arrays.copyOf(good, random.nextInt(good.length)), true, true);
      case 7 -> {
        byte[] bomb = zip(good, 1 << (10 + random.nextInt(8)));
        yield new Sample("bomb", bomb, size + bomb.length, true);
      }
      default -> {
        int from = random.nextInt(stored.length);
        int to = from + random.nextInt(stored.length - from);
        byte[] cut = new byte[stored.length - (to - from) - 1];
        System.arraycopy(stored, 0, cut, 0, from);
        System.arraycopy(stored, to + 1, cut, from, stored.length - to - 1);
        yield new Sample("a piece missing", cut, size, true);
      }
    };
  }

  private static Sample stored(String what, byte[] content, boolean zipped, boolean broken)
      throws IOException {
    byte[] stored = zipped ? zip(content, 0) : content;
    return new Sample(what, stored, Math.max(content.length, stored.length), broken);
  }

  private static byte[] header(int type, int... dimensions) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions.length);
    header.putShort((short) 0).put((byte) type).put((byte) dimensions.length);
    for (int dimension : dimensions) {
      header.putInt(dimension);
    }
    return header.array();
  }

  private static byte[] zip(byte[] content, int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
      zip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }
}
