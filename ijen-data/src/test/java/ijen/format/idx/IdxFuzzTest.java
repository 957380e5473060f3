package ijen.format.idx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of broken files: each must be refused with an [FormatException], quickly and in little
/// memory.
class IdxFuzzTest {
  /// The first room, the stream's buffer, an exception.
  private static final long SLACK = 96 << 10;

  private static final Fuzz FUZZ = new Fuzz("IDX", FormatException.class, 20, 12_000, SLACK);
  private static final String PROBLEM =
      "(?s).+: (decompressed |compressed )?byte \\d+: .*(expected|needs).*";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @Timeout(3600)
  void brokenFilesInMemoryAreRefused() throws IOException {
    List<byte[]> valid = validArrays();
    Fuzz.Result result =
        FUZZ.run(
            random -> sample(random, valid), (name, content) -> read(IdxFile.read(name, content)));
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() * 5 / 6);
  }

  private static void read(Tensor array) {
    assertThat(array.dtype().bytes(array.elements())).isEqualTo(array.data().byteSize());
  }

  @Test
  @Timeout(3600)
  void brokenFilesOnDiskAreRefused(@TempDir Path folder) throws IOException {
    List<byte[]> valid = validArrays();
    Fuzz fuzz = new Fuzz("IDX on disk", FormatException.class, 20, 600, SLACK);
    Fuzz.Result result =
        fuzz.run(folder, random -> sample(random, valid), file -> read(IdxFile.read(file)));
    assertThat(result.refused()).isGreaterThan(fuzz.rounds() / 2);
  }

  @Test
  @Timeout(60)
  void aBombIsNotUnpacked() throws IOException {
    byte[] header = header(8, 1000);
    byte[] bomb = zip(header, 64 << 20); // 64 MiB of zeros in 64 KiB
    FormatException refusal = failure("bomb", bomb); // the first use of a message allocates
    assertThat(refusal).hasMessageContaining("expected the end after 1000");
    long before = THREADS.getCurrentThreadAllocatedBytes();
    failure("bomb", bomb);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(SLACK);

    byte[] lying = zip(header(14, 100, 100_000), 3 << 20); // a tenth of what it says
    before = THREADS.getCurrentThreadAllocatedBytes();
    failure("lying", lying);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(SLACK + 2 * (3 << 20));
  }

  private static FormatException failure(String name, byte[] content) {
    try {
      throw new AssertionError(name + " was accepted as " + IdxFile.read(name, content));
    } catch (FormatException refused) {
      assertThat(refused).hasMessageMatching(PROBLEM);
      return refused;
    } catch (IOException other) {
      throw new AssertionError(other);
    }
  }

  private static List<byte[]> validArrays() throws IOException {
    RandomGenerator random = RandomStream.of(FUZZ.seed(), "valid", 0).generator();
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

  private static Fuzz.Sample sample(RandomGenerator random, List<byte[]> valid) throws IOException {
    byte[] good = valid.get(random.nextInt(valid.size()));
    boolean zipped = random.nextInt(3) == 0;
    byte[] stored = zipped ? zip(good, 0) : good;
    return switch (random.nextInt(9)) {
      case 0 -> sample(Changes.cut(stored, random), zipped, good.length).broken(true);
      case 1 -> sample(Changes.longer(stored, random), zipped, good.length).broken(true);
      case 2 -> {
        byte[] bent = good.clone();
        int at = random.nextInt(4);
        bent[at] = (byte) (bent[at] + 1 + random.nextInt(255)); // magic, type or rank
        boolean typeOrRank = at >= 2; // an array of other numbers may happen to be valid
        yield stored(bent, zipped).broken(!typeOrRank);
      }
      case 3 -> {
        byte[] bent = good.clone();
        int rank = good[3];
        if (rank == 0) {
          yield stored(Arrays.copyOf(good, 4), zipped).broken(true);
        }
        int[] lies = {
          0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 30, random.nextInt()
        };
        int at = 4 + 4 * random.nextInt(rank);
        int lie = lies[random.nextInt(lies.length)];
        ByteBuffer.wrap(bent).putInt(at, lie);
        yield stored(bent, zipped).broken(ByteBuffer.wrap(good).getInt(at) != lie);
      }
      case 4 -> {
        byte[] garbage = Changes.noise(new byte[1 + random.nextInt(3000)], random);
        if (garbage.length > 1 && zipped) {
          garbage[0] = 0x1F;
          garbage[1] = (byte) 0x8B;
        }
        yield Fuzz.Sample.of(garbage);
      }
      case 5 -> sample(Changes.any(stored, random), zipped, 2L * good.length);
      case 6 -> stored(Changes.cut(good, random), true).broken(true);
      case 7 -> sample(zip(good, 1 << (10 + random.nextInt(8))), true, good.length).broken(true);
      default -> stored(Changes.withoutPiece(good, random), zipped).broken(true);
    };
  }

  private static Fuzz.Sample sample(byte[] content, boolean zipped, long plain) {
    return Fuzz.Sample.of(content).holding(zipped ? plain : 0);
  }

  private static Fuzz.Sample stored(byte[] content, boolean zipped) throws IOException {
    return zipped
        ? sample(zip(content, 0), true, content.length)
        : sample(content, false, content.length);
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
