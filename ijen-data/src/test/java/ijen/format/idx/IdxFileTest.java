package ijen.format.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFileTest {
  @TempDir Path folder;

  static List<Tensor> arrays() {
    return List.of(
        Tensor.of(new byte[] {0, 1, 127, -128, -2, -1}, 2, 3),
        Tensor.ofBytes(Dtype.I8, new byte[] {-128, 0, 127}, 3),
        Tensor.ofBytes(Dtype.I16, new byte[] {0, -128, 0, 0, 2, 1, -1, 127}, 2, 1, 2),
        Tensor.of(new int[] {Integer.MIN_VALUE, 66051, Integer.MAX_VALUE}, 3),
        Tensor.of(new float[] {1.5f, -0f, Float.MIN_VALUE, Float.NaN}, 2, 2),
        Tensor.of(new double[] {Math.PI, Double.NEGATIVE_INFINITY}, 1, 1, 1, 2),
        Tensor.of(new double[] {42}),
        Tensor.of(new byte[70_001], 70_001),
        Tensor.of(new double[70_001], 70_001));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void whatIsWrittenIsReadBackPlainAndZipped(Tensor array) throws IOException {
    for (String name : List.of("a", "b.gz")) {
      Path file = folder.resolve(name);
      IdxFile.write(file, array);
      for (Tensor again :
          List.of(IdxFile.read(file), IdxFile.read("memory", Files.readAllBytes(file)))) {
        assertThat(again).as(name).hasToString(array.toString());
        assertThat(again.bytes()).as(name).isEqualTo(array.bytes());
      }
    }
    assertThat(Files.readAllBytes(folder.resolve("b.gz"))).startsWith(0x1F, 0x8B);
    assertThat(Files.readAllBytes(folder.resolve("a"))).startsWith(0, 0);
  }

  @Test
  void bytesOnDiskAreThoseOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IdxFile.write(out, Tensor.ofBytes(Dtype.I16, new byte[] {2, 1, -2, -1}, 1, 2));
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("00000b02" + "00000001" + "00000002" + "0102" + "fffe");
    assertThatThrownBy(() -> IdxFile.write(out, Tensor.of(new long[1], 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an IDX file holds numbers of type [U8, I8, I16, I32, F32, F64], not I64");
  }

  @ParameterizedTest
  @CsvSource({
    "000008010000000300ff80, 0 255 128",
    "000009010000000300ff80, 0 -1 -128",
    "00000b01000000027fff8001, 32767 -32767",
    "00000c01000000017ffffffe, 2147483646",
    "00000d0100000002bf8000003e800000, -1 0.25",
    "00000e01000000013ff8000000000000, 1.5",
    "0000080009, 9"
  })
  void everyTypeIsReadAsNumbers(String hex, String numbers) throws IOException {
    double[] expected = Stream.of(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Tensor array = IdxFile.read("hex", HexFormat.of().parseHex(hex));
    assertThat(array.doubles()).containsExactly(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(array.floats()[i]).isEqualTo((float) expected[i]);
    }
    if (array.dtype() != Dtype.F32 && array.dtype() != Dtype.F64) {
      assertThat(array.ints())
          .containsExactly(Stream.of(numbers.split(" ")).mapToInt(Integer::parseInt).toArray());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                             | byte 0: expected an IDX header of 4 bytes, the file"
            + " ends",
        "0000                           | byte 2: expected an IDX header of 4 bytes, the file"
            + " ends",
        "504b0304                       | byte 0: expected an IDX file, which begins with 00"
            + " 00, got 50 4b",
        "00000a01                       | byte 2: expected an element type of 08, 09, 0b, 0c,"
            + " 0d or 0e, got 0a",
        "000008020000000100             | byte 9: expected dimension 1 of 2, the file ends",
        "0000080100000000               | byte 4: expected dimension 0 of 1 to be 1 to"
            + " 2147483647, got 0",
        "00000801ffffffff               | byte 4: expected dimension 0 of 1 to be 1 to"
            + " 2147483647, got 4294967295",
        "000008010000000501020304       | byte 12: expected 5 bytes of elements for U8 [5]"
            + ", got 4: the file is truncated or its header wrong",
        "000008010000000201020304       | byte 10: expected the end after 2 bytes of elements"
            + " for U8 [2], got 2 more",
        "00000801000f4240               | byte 8: expected 1000000 bytes of elements for"
            + " U8 [1000000], got 0: the file is truncated or its header wrong",
        "0000080300010000000100000001000000 | byte 8: dimension 1 of 3 is 65536: expected an"
            + " array of at most 2147483639 bytes in all, got 4294967296 or more",
        "00000e010fffffff               | byte 4: dimension 0 of 1 is 268435455: expected an"
            + " array of at most 2147483639 bytes in all, got 2147483640 or more",
        "1f8b                           | compressed byte 2: expected the rest of a gzip header"
            + " or trailer, the file ends",
        "1f8b07                         | compressed byte 3: expected compression method 8"
            + " (deflate), got 7",
        "1f8b08ff                       | compressed byte 4: expected flags below 32, got 255"
      })
  void errorsNameTheFileAndTheByte(String hex, String message) {
    byte[] content = HexFormat.of().parseHex(hex.strip());
    FormatException wrong =
        catchThrowableOfType(FormatException.class, () -> IdxFile.read("broken.idx", content));
    assertThat(wrong).hasMessage("broken.idx: " + message);
    assertThat(wrong.file()).isEqualTo("broken.idx");
  }

  @Test
  void zippedContentMustEndWhereItSays() throws IOException {
    byte[] good = HexFormat.of().parseHex("0000080100000003010203");
    assertThatThrownBy(() -> IdxFile.read("z", zip(good, 11, 5)))
        .hasMessage(
            "z: decompressed byte 11: expected the end after 3 bytes of elements for U8 [3],"
                + " got more");
    assertThatThrownBy(() -> IdxFile.read("z", zip(good, 10, 0)))
        .hasMessage(
            "z: decompressed byte 10: expected 3 bytes of elements for U8 [3], got 2: the"
                + " file is truncated or its header wrong");
    byte[] lying = HexFormat.of().parseHex("000008010fffffff");
    assertThatThrownBy(() -> IdxFile.read("z", zip(lying, 8, 0)))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching(
            "z: decompressed byte 8: U8 \\[268435455] needs 268435455 bytes, more than \\d+"
                + " compressed bytes can hold");
  }

  @Test
  void zippedFilesAreCheckedToTheLastByte() throws IOException {
    byte[] zipped = zip(HexFormat.of().parseHex("0000080100000003010203"), 11, 0);
    for (int tail = 1; tail <= 8; tail++) {
      byte[] bent = zipped.clone();
      bent[bent.length - tail] ^= 4;
      String what = tail <= 4 ? "decompressed bytes, got 11" : "expected data with the checksum";
      assertThatThrownBy(() -> IdxFile.read("z", bent)).hasMessageContaining(what);
    }
    byte[] more = java.util.Arrays.copyOf(zipped, zipped.length + 3);
    assertThatThrownBy(() -> IdxFile.read("z", more))
        .hasMessage(
            "z: compressed byte "
                + (zipped.length + 1)
                + ": expected the two bytes 1f 8b of a gzip member");
  }

  @Test
  void severalGzipMembersAreOneFile() throws IOException {
    byte[] good = HexFormat.of().parseHex("0000080100000003010203");
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(zip(java.util.Arrays.copyOf(good, 6), 6, 0));
    two.write(zip(java.util.Arrays.copyOfRange(good, 6, 11), 5, 0));
    assertThat(IdxFile.read("two", two.toByteArray()).ints()).containsExactly(1, 2, 3);
  }

  @Test
  void aGzipHeaderMayHaveNameCommentExtraAndChecksum() throws IOException {
    byte[] zipped = zip(HexFormat.of().parseHex("00000800ff"), 5, 0);
    ByteArrayOutputStream dressed = new ByteArrayOutputStream();
    dressed.write(
        HexFormat.of()
            .parseHex("1f8b081f" + "00000000" + "0003" + "0200abcd" + "6100" + "6200" + "1234"));
    dressed.write(zipped, 10, zipped.length - 10);
    assertThat(IdxFile.read("dressed", dressed.toByteArray()).ints()).containsExactly(255);
  }

  @Test
  void foldersAndMissingFilesAreTold() {
    assertThatThrownBy(() -> IdxFile.read(folder))
        .hasMessage(folder + ": expected an IDX file, but this is no ordinary file");
    assertThatThrownBy(() -> IdxFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static byte[] zip(byte[] content, int count, int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content, 0, count);
      zip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }
}
