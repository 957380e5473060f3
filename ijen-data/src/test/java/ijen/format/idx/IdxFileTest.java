package ijen.format.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ijen.graph.Shape;
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

  static List<IdxArray> arrays() {
    return List.of(
        IdxArray.of(
            Shape.of(2, 3), (byte) 0, (byte) 1, (byte) 127, (byte) 128, (byte) 254, (byte) 255),
        IdxArray.of(IdxType.BYTE, Shape.of(3), new byte[] {-128, 0, 127}),
        IdxArray.of(Shape.of(2, 1, 2), (short) -32768, (short) 0, (short) 258, (short) 32767),
        IdxArray.of(Shape.of(3), Integer.MIN_VALUE, 66051, Integer.MAX_VALUE),
        IdxArray.of(Shape.of(2, 2), 1.5f, -0f, Float.MIN_VALUE, Float.NaN),
        IdxArray.of(Shape.of(1, 1, 1, 2), Math.PI, Double.NEGATIVE_INFINITY),
        IdxArray.of(Shape.scalar(), 42.0),
        IdxArray.of(Shape.of(70_001), new byte[70_001]));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void whatIsWrittenIsReadBackPlainAndZipped(IdxArray array) throws IOException {
    for (String name : List.of("a", "b.gz")) {
      Path file = folder.resolve(name);
      IdxFile.write(file, array);
      assertThat(IdxFile.read(file)).as(name).isEqualTo(array);
      assertThat(IdxFile.read("memory", Files.readAllBytes(file))).as(name).isEqualTo(array);
    }
    assertThat(Files.readAllBytes(folder.resolve("b.gz"))).startsWith(0x1F, 0x8B);
    assertThat(Files.readAllBytes(folder.resolve("a"))).startsWith(0, 0, array.type().code());
  }

  @Test
  void bytesOnDiskAreThoseOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IdxFile.write(out, IdxArray.of(Shape.of(1, 2), (short) 258, (short) -2));
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("00000b02" + "00000001" + "00000002" + "0102" + "fffe");
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
    IdxArray array = IdxFile.read("hex", HexFormat.of().parseHex(hex));
    assertThat(array.doubles()).containsExactly(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(array.get(i)).isEqualTo(expected[i]);
      assertThat(array.floats()[i]).isEqualTo((float) expected[i]);
    }
    if (array.type() == IdxType.FLOAT || array.type() == IdxType.DOUBLE) {
      assertThatThrownBy(array::ints)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("expected an IDX array of whole numbers, got one of " + array.type());
    } else {
      assertThat(array.ints())
          .containsExactly(Stream.of(numbers.split(" ")).mapToInt(Integer::parseInt).toArray());
    }
  }

  @Test
  void bytesAreSharedAndOtherTypesAreNot() {
    byte[] pixels = {1, 2};
    assertThat(IdxArray.of(Shape.of(2), pixels).bytes()).isSameAs(pixels);
    assertThatThrownBy(() -> IdxArray.of(Shape.of(1), 7).bytes())
        .hasMessage("expected an IDX array of bytes, got one of int");
    assertThat(IdxArray.of(Shape.of(1), 7).buffer().isReadOnly()).isTrue();
    assertThatThrownBy(() -> IdxArray.of(Shape.of(3), pixels))
        .hasMessage("IDX array [3] of ubyte: expected 3 bytes, got 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                             | 0 | byte 0: expected an IDX header of 4 bytes, the file"
            + " ends",
        "0000                           | 2 | byte 2: expected an IDX header of 4 bytes, the file"
            + " ends",
        "504b0304                       | 0 | byte 0: expected an IDX file, which begins with 00"
            + " 00, got 50 4b",
        "00000a01                       | 2 | byte 2: expected an element type of 08, 09, 0b, 0c,"
            + " 0d or 0e, got 0a",
        "000008020000000100             | 9 | byte 9: expected dimension 1 of 2, the file ends",
        "0000080100000000               | 4 | byte 4: expected dimension 0 of 1 to be 1 to"
            + " 2147483647, got 0",
        "00000801ffffffff               | 4 | byte 4: expected dimension 0 of 1 to be 1 to"
            + " 2147483647, got 4294967295",
        "000008010000000501020304       | 12| byte 12: expected 5 bytes of elements for [5] of"
            + " ubyte, got 4: the file is truncated or its header wrong",
        "000008010000000201020304       | 10| byte 10: expected the end after 2 bytes of elements"
            + " for [2] of ubyte, got 2 more",
        "00000801000f4240               | 8 | byte 8: expected 1000000 bytes of elements for"
            + " [1000000] of ubyte, got 0: the file is truncated or its header wrong",
        "0000080300010000000100000001000000 | 8 | byte 8: dimension 1 of 3 is 65536: expected an"
            + " array of at most 2147483639 bytes in all, got 4294967296 or more",
        "00000e010fffffff               | 4 | byte 4: dimension 0 of 1 is 268435455: expected an"
            + " array of at most 2147483639 bytes in all, got 2147483640 or more",
        "1f8b                           | 2 | compressed byte 2: expected the rest of a gzip header"
            + " or trailer, the file ends",
        "1f8b07                         | 3 | compressed byte 3: expected compression method 8"
            + " (deflate), got 7",
        "1f8b08ff                       | 4 | compressed byte 4: expected flags below 32, got 255"
      })
  void errorsNameTheFileAndTheByte(String hex, long offset, String message) {
    byte[] content = HexFormat.of().parseHex(hex.strip());
    IdxException wrong =
        catchThrowableOfType(IdxException.class, () -> IdxFile.read("broken.idx", content));
    assertThat(wrong).hasMessage("broken.idx: " + message);
    assertThat(wrong.offset()).isEqualTo(offset);
    assertThat(wrong.file()).isEqualTo("broken.idx");
  }

  @Test
  void zippedContentMustEndWhereItSays() throws IOException {
    byte[] good = HexFormat.of().parseHex("0000080100000003010203");
    assertThatThrownBy(() -> IdxFile.read("z", zip(good, 11, 5)))
        .hasMessage(
            "z: decompressed byte 11: expected the end after 3 bytes of elements for [3] of ubyte,"
                + " got more");
    assertThatThrownBy(() -> IdxFile.read("z", zip(good, 10, 0)))
        .hasMessage(
            "z: decompressed byte 10: expected 3 bytes of elements for [3] of ubyte, got 2: the"
                + " file is truncated or its header wrong");
    byte[] lying = HexFormat.of().parseHex("000008010fffffff");
    assertThatThrownBy(() -> IdxFile.read("z", zip(lying, 8, 0)))
        .isInstanceOf(IdxException.class)
        .hasMessageMatching(
            "z: decompressed byte 8: \\[268435455] of ubyte needs 268435455 bytes, more than \\d+"
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
    assertThat(IdxFile.read("dressed", dressed.toByteArray()).get(0)).isEqualTo(255);
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
