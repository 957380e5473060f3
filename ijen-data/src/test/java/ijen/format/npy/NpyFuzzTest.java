package ijen.format.npy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of changed files: each is read, or refused with a [FormatException], in little memory.
class NpyFuzzTest {
  private static final long SEED = Long.getLong("ijen.seed", 20);
  private static final int ROUNDS = Integer.getInteger("ijen.rounds", 10_000);

  /// What reading may allocate for `n` bytes, packed or unpacked: `GROWTH · n + SLACK`.
  private static final long GROWTH = 4;

  private static final long SLACK = 64 << 10; // messages and exceptions
  private static final long ZIP_SLACK = 1 << 20; // the decompressors' buffers, one for each member

  private static final List<String> PIECES =
      List.of(
          "'descr'",
          "'shape'",
          "'fortran_order'",
          "True",
          "False",
          "(",
          ")",
          ",",
          "{",
          "}",
          "'",
          "\"",
          "\\",
          ":",
          " ",
          "\n",
          "L",
          "[",
          "'<f8'",
          "'|O'",
          "'>u2'",
          "'<U9'",
          "(2, 3)",
          "()",
          "(0,)",
          "\u0000",
          "\u00ff",
          "((((((((((",
          "'|V0'",
          "1e9",
          "-1");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "00",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "18446744073709551616",
          "7".repeat(400),
          "65536",
          "-0",
          "3L");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final class Counts {
    int read;
    int refused;
    long most; // bytes allocated beyond what the size allows
  }

  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }

  private static void count(String replay, long allowed, Counts counts, Reading reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    FormatException refusal = null;
    try {
      reading.read();
    } catch (FormatException refused) {
      refusal = refused;
    } catch (IOException | RuntimeException | Error surprise) {
      throw new AssertionError(replay, surprise);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (counts.read + counts.refused > 500) { // all classes and messages are loaded by then
      assertThat(allocated).as("bytes allocated for %s", replay).isLessThan(allowed);
      counts.most = Math.max(counts.most, allocated);
    }
    if (refusal == null) {
      counts.read++;
    } else {
      assertThat(refusal).as(replay).hasMessageContaining("expected");
      assertThat(refusal.getMessage()).as(replay).hasSizeLessThan(1000);
      counts.refused++;
    }
  }

  private static void print(String what, Counts counts) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d changed files refused, %d read, at most %d bytes allocated (seed %d)%n",
        what,
        counts.refused,
        counts.read,
        counts.most,
        SEED);
    int all = counts.read + counts.refused;
    assertThat(counts.read).isGreaterThan(all / 50); // both happen often
    assertThat(counts.refused).isGreaterThan(all / 3);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES) // for runs with more -Dijen.rounds
  void changedArraysAreReadOrRefused() throws IOException {
    List<byte[]> valid = valid();
    Counts counts = new Counts();
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = RandomStream.of(SEED, "npy", round).generator();
      byte[] content = changed(valid.get(random.nextInt(valid.size())), random);
      String replay = "npy round " + round + " seed " + SEED;
      count(
          replay,
          GROWTH * content.length + SLACK,
          counts,
          () -> check(Npy.read("x.npy", content), content.length));
    }
    print("NPY", counts);
  }

  private static void check(Tensor tensor, long most) {
    assertThat(tensor.data().byteSize()).isLessThan(most);
    assertThat(tensor.dtype().bytes(tensor.elements())).isEqualTo(tensor.data().byteSize());
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void changedArchivesAreReadOrRefused(@TempDir Path folder) throws IOException {
    List<byte[]> valid = valid();
    Path path = folder.resolve("x.npz");
    Counts counts = new Counts();
    for (int round = 0; round < Math.max(2_000, ROUNDS / 4); round++) {
      RandomGenerator random = RandomStream.of(SEED, "npz", round).generator();
      long[] unpacked = new long[1];
      byte[] archive = archive(valid, unpacked, random);
      Files.deleteIfExists(path); // to cut and rewrite one takes some file systems milliseconds
      Files.write(path, archive);
      String replay = "npz round " + round + " seed " + SEED;
      count(
          replay,
          GROWTH * (archive.length + unpacked[0]) + ZIP_SLACK,
          counts,
          () -> {
            for (Tensor tensor : Npz.read(path).tensors().values()) {
              check(tensor, Long.MAX_VALUE);
            }
          });
    }
    print("NPZ", counts);
  }

  /// The fixtures, and some larger ones.
  private static List<byte[]> valid() throws IOException {
    List<byte[]> valid = new ArrayList<>();
    for (Map.Entry<String, byte[]> member : Fixtures.members(Fixtures.file("all.npz")).entrySet()) {
      valid.add(member.getValue());
    }
    for (String name : List.of("version1.npy", "version2.npy", "version3.npy", "python2.npy")) {
      valid.add(Files.readAllBytes(Fixtures.file(name)));
    }
    valid.add(Fixtures.member("compressed.npz", "count.npy"));
    ByteArrayOutputStream large = new ByteArrayOutputStream();
    Npy.write(large, Tensor.of(new double[2_000], 20, 100));
    valid.add(large.toByteArray());
    return valid;
  }

  /// A changed file.
  private static byte[] changed(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(9)) {
      case 0 -> {
        for (int k = random.nextInt(1, 6); k > 0; k--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> { // mostly the header
        for (int k = random.nextInt(1, 4); k > 0; k--) {
          bytes[random.nextInt(Math.min(bytes.length, 80))] = (byte) random.nextInt();
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 3000));
      case 4 -> { // another length of the header, another version
        bytes[6] = (byte) random.nextInt(1, 5);
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(8, random.nextInt() >>> random.nextInt(32));
      }
      case 5 -> bytes[bytes.length - 1] = (byte) random.nextInt(); // an element, if there are any
      default -> bytes = anotherHeader(bytes, random);
    }
    return bytes;
  }

  /// Another dictionary of about the same form, with a length that is right.
  private static byte[] anotherHeader(byte[] bytes, RandomGenerator random) {
    int begin = bytes[6] == 1 ? 10 : 12;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    StringBuilder text =
        new StringBuilder(new String(bytes, begin, length, StandardCharsets.ISO_8859_1));
    for (int k = random.nextInt(1, 4); k > 0; k--) {
      boolean number = random.nextBoolean();
      int at = random.nextInt(Math.min(text.length(), 70));
      while (number && at < text.length() && !Character.isDigit(text.charAt(at))) {
        at++;
      }
      int end = at;
      if (number) {
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
      } else {
        end = Math.min(text.length(), at + random.nextInt(12));
      }
      List<String> others = number ? NUMBERS : PIECES;
      text.replace(at, end, others.get(random.nextInt(others.size())));
    }
    byte[] changed = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    int elements = bytes.length - begin - length;
    ByteBuffer out =
        ByteBuffer.allocate(begin + changed.length + elements).order(ByteOrder.LITTLE_ENDIAN);
    out.put(bytes, 0, 8);
    if (begin == 10) {
      out.putShort((short) changed.length);
    } else {
      out.putInt(changed.length);
    }
    return out.put(changed).put(bytes, begin + length, elements).array();
  }

  /// An archive of which a member is changed, or the archive itself.
  private static byte[] archive(List<byte[]> valid, long[] unpacked, RandomGenerator random)
      throws IOException {
    boolean inside = random.nextInt(3) == 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(out);
    int members = random.nextInt(1, 6);
    int changed = random.nextInt(members);
    for (int i = 0; i < members; i++) {
      byte[] content = valid.get(random.nextInt(valid.size()));
      content = inside && i == changed ? changed(content, random) : content;
      unpacked[0] += content.length;
      ZipEntry entry = new ZipEntry("a" + i + ".npy");
      if (random.nextBoolean()) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setCrc(checksum.getValue());
        entry.setSize(content.length);
      }
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    zip.finish();
    byte[] bytes = out.toByteArray();
    if (inside) {
      return bytes;
    }
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int k = random.nextInt(1, 6); k > 0; k--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> { // sizes, offsets, methods, names
        for (int k = random.nextInt(1, 4); k > 0; k--) {
          bytes[random.nextInt(directory, bytes.length)] = (byte) random.nextInt();
        }
      }
      case 3 -> {
        int at = random.nextInt(directory, bytes.length - 8);
        long value = random.nextLong() >>> random.nextInt(64);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int count = random.nextInt(Math.min(64, bytes.length - from));
        byte[] cut = new byte[bytes.length - count];
        System.arraycopy(bytes, 0, cut, 0, from);
        System.arraycopy(bytes, from + count, cut, from, cut.length - from);
        bytes = cut;
      }
    }
    return bytes;
  }
}
