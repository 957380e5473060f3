package ijen.format.npy;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final Fuzz NPY =
      new Fuzz("NPY", FormatException.class, 20, 10_000, 64 << 10); // messages and exceptions

  /// Five members with a decompressor and a buffer for each, of up to 64 KiB, and the directory.
  private static final Fuzz NPZ = new Fuzz("NPZ", FormatException.class, 20, 2_500, 640 << 10);

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

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void changedArraysAreReadOrRefused() throws IOException {
    List<byte[]> valid = valid();
    requireBoth(
        NPY.run(
            random -> Fuzz.Sample.of(changed(valid.get(random.nextInt(valid.size())), random)),
            (name, content) -> check(Npy.read(name, content), content.length)));
  }

  private static void requireBoth(Fuzz.Result result) {
    int all = result.read() + result.refused();
    assertThat(result.read()).isGreaterThan(all / 50);
    assertThat(result.refused()).isGreaterThan(all / 3);
  }

  private static void check(Tensor tensor, long most) {
    assertThat(tensor.data().byteSize()).isLessThan(most);
    assertThat(tensor.dtype().bytes(tensor.elements())).isEqualTo(tensor.data().byteSize());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void changedArchivesAreReadOrRefused(@TempDir Path folder) throws IOException {
    List<byte[]> valid = valid();
    requireBoth(
        NPZ.run(
            folder,
            random -> archive(valid, random),
            file -> {
              for (Tensor tensor : Npz.read(file).tensors().values()) {
                check(tensor, Long.MAX_VALUE);
              }
            }));
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
      case 0, 1 -> bytes = Changes.any(bytes, random);
      case 2, 3 -> bytes = Changes.bytes(bytes, 80, random); // mostly the header
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
  private static Fuzz.Sample archive(List<byte[]> valid, RandomGenerator random)
      throws IOException {
    boolean inside = random.nextInt(3) == 0;
    long unpacked = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(out);
    int members = random.nextInt(1, 6);
    int changed = random.nextInt(members);
    for (int i = 0; i < members; i++) {
      byte[] content = valid.get(random.nextInt(valid.size()));
      content = inside && i == changed ? changed(content, random) : content;
      unpacked += content.length;
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
    if (!inside) {
      int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
      bytes = Changes.archive(bytes, directory, random);
    }
    return Fuzz.Sample.of(bytes).holding(unpacked);
  }
}
