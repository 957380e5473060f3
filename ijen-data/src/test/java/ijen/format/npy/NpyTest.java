package ijen.format.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final long SEED = Long.getLong("ijen.seed", 20);
  private static final Map<String, int[]> SHAPES =
      Map.of(
          "line", new int[] {6},
          "matrix", new int[] {2, 3},
          "fortran", new int[] {2, 3},
          "cube", new int[] {3, 1, 2},
          "fortran-cube", new int[] {3, 1, 2},
          "scalar", new int[0],
          "empty", new int[] {0, 5});

  @TempDir Path folder;

  /// A file with that dictionary and some bytes of elements.
  private static byte[] file(int version, String header, int elements) {
    byte[] text = header.getBytes(ISO_8859_1);
    ByteBuffer out =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + elements)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(NpyHeader.MAGIC).put((byte) version).put((byte) 0);
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    out.put(text);
    while (out.hasRemaining()) {
      out.put((byte) out.remaining());
    }
    return out.array();
  }

  @Test
  void everyTypeOrderAndLayoutOfNumPyIsRead() throws IOException {
    TreeSet<String> seen = new TreeSet<>();
    for (Map.Entry<String, byte[]> member : Fixtures.members(Fixtures.file("all.npz")).entrySet()) {
      String name = member.getKey();
      String[] parts = name.split("\\.", -1);
      Dtype dtype = Objects.requireNonNull(Fixtures.TYPES.get(parts[0]), name);
      int[] shape = SHAPES.get(parts[2]);
      byte[] six = Fixtures.six(dtype);
      int size = dtype.bits() / 8;
      byte[] expected =
          switch (parts[2]) {
            case "scalar" -> Arrays.copyOfRange(six, 2 * size, 3 * size);
            case "empty" -> new byte[0];
            default -> six;
          };
      Path file = folder.resolve(name);
      Files.write(file, member.getValue());
      try (Npy open = Npy.open(file, 1)) {
        boolean plain = (parts[1].equals("little") || size == 1) && !parts[2].startsWith("fortran");
        assertThat(open.isMapped()).as(name).isEqualTo(plain && expected.length > 0);
        for (Tensor tensor :
            new Tensor[] {Npy.read(name, member.getValue()), Npy.read(file), open.tensor()}) {
          assertThat(tensor.dtype()).as(name).isEqualTo(dtype);
          assertThat(tensor.shape()).as(name).isEqualTo(shape);
          assertThat(tensor.bytes()).as(name).isEqualTo(expected);
        }
      }
      seen.add(parts[0] + " " + parts[1] + " " + parts[2]);
    }
    assertThat(seen).hasSize((3 + 9 * 2) * SHAPES.size()); // nothing is missing from the table
  }

  @Test
  void whatIsWrittenIsWhatNumPyWrites() throws IOException {
    int compared = 0;
    for (Map.Entry<String, byte[]> member : Fixtures.members(Fixtures.file("all.npz")).entrySet()) {
      String name = member.getKey();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Npy.write(out, Npy.read(name, member.getValue()));
      if (name.contains(".little.") && !name.contains(".fortran")) {
        assertThat(out.toByteArray()).as(name).isEqualTo(member.getValue());
        compared++;
      } else { // other bytes, the same numbers
        assertThat(Npy.read(name, out.toByteArray()).bytes())
            .as(name)
            .isEqualTo(Npy.read(name, member.getValue()).bytes());
      }
    }
    assertThat(compared).isEqualTo(12 * 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version1.npy", "version2.npy", "version3.npy", "python2.npy"})
  void everyVersionIsRead(String name) throws IOException {
    Tensor matrix = Npy.read(Fixtures.file(name));
    assertThat(matrix).hasToString("F32 [2, 3]");
    assertThat(matrix.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aFileIsWrittenWholeAndReadBack() throws IOException {
    Tensor tensor = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 3, 2);
    Path file = folder.resolve("a.npy");
    Npy.write(file, tensor);
    assertThat(Npy.read(file).doubles()).isEqualTo(tensor.doubles());
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> Npy.write(file, Tensor.ofBytes(Dtype.BF16, new byte[2], 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NPY: expected booleans, whole numbers, F16, F32 or F64, got BF16: NumPy has no such"
                + " type; convert it to F32");
    assertThatThrownBy(() -> Npy.write(file, Tensor.ofBytes(Dtype.C64, new byte[8], 1)))
        .hasMessageEndingWith("got C64: complex numbers are not written");
    assertThatThrownBy(() -> Npy.write(file, Tensor.of(new float[1], ones(65))))
        .hasMessage("NPY: expected at most 64 dimensions, got 65");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    Npy.write(file, Tensor.of(new float[1], ones(64)));
    assertThat(Npy.read(file).shape()).isEqualTo(ones(64));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  private static int[] ones(int rank) {
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    return shape;
  }

  @Test
  void aMappedFileIsReadUntilItIsClosed() throws IOException {
    Path file = folder.resolve("large.npy");
    int count = (int) (Npy.MAPPED_FROM / 4);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    Npy.write(file, Tensor.of(numbers, count / 2, 2));
    Npy large = Npy.open(file);
    assertThat(large.isMapped()).isTrue();
    assertThat(large).hasToString(file.toString());
    float[] row = new float[2];
    large.tensor().copyTo(count - 2, 2, row, 0);
    assertThat(row).containsExactly(count - 2, count - 1);
    large.close();
    large.close();
    assertThatThrownBy(() -> large.tensor().floats())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            file
                + ": tensor 'array' F32 ["
                + count / 2
                + ", 2]: its file is closed: convert it to an array before that");
    Npy.write(file, Tensor.of(new float[count - 1], count - 1));
    try (Npy small = Npy.open(file)) {
      assertThat(small.isMapped()).isFalse();
    }
  }

  @Test
  void anyFortranOrderIsTurned() {
    RandomGenerator random = RandomStream.of(SEED, "axes", 0).generator();
    for (int round = 0; round < 300; round++) {
      int[] shape = new int[2 + random.nextInt(4)];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = 1 + random.nextInt(shape.length == 2 ? 70 : 9);
      }
      int size = 1 << random.nextInt(4);
      int elements = (int) Tensor.elements(shape);
      byte[] fortran = new byte[elements * size];
      random.nextBytes(fortran);
      byte[] expected = new byte[fortran.length];
      int[] index = new int[shape.length];
      for (int c = 0; c < elements; c++) { // one index after the other, as slowly as can be
        int rest = c;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
          index[axis] = rest % shape[axis];
          rest /= shape[axis];
        }
        int f = 0;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
          f = f * shape[axis] + index[axis];
        }
        System.arraycopy(fortran, f * size, expected, c * size, size);
      }
      assertThat(Axes.reversed(fortran, size, shape))
          .as("seed %d round %d: %s", SEED, round, Arrays.toString(shape))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (2,), 'descr': '|u1', 'fortran_order': False}",
        "{'descr':'<u1','fortran_order':True,'shape':(2,)}",
        "{\"descr\": \">u1\", \"shape\": (2 , ) , \"fortran_order\": False ,}",
        "   {'descr': '|u1', 'shape': (1, 2, ), 'fortran_order': True}   \n",
        "{'descr':\t'|u1',\n'shape': (2L, 00001L,), 'fortran_order': False}",
      })
  void theDictionaryMayBeWrittenInOtherWays(String header) throws IOException {
    if (header.contains("00001L")) { // Python 2 took that for an octal number, Python 3 refuses it
      assertThatThrownBy(() -> Npy.read("x", file(1, header, 2)))
          .hasMessageContaining("expected a dimension from 0 to 2147483647, got '00001L'");
      String right = header.replace("0000", "");
      assertThat(Npy.read("x", file(1, right, 2)).bytes()).containsExactly(2, 1);
      assertThat(Npy.read("x", file(2, right, 2)).bytes()).containsExactly(2, 1);
      assertThatThrownBy(() -> Npy.read("x", file(3, right, 2)))
          .hasMessageContaining("expected a comma after a single dimension, got 'L'");
    } else {
      for (int version = 1; version <= 3; version++) {
        assertThat(Npy.read("x", file(version, header, 2)).bytes()).containsExactly(2, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                  | 10 | expected a dictionary, got '[]'",
        "                                    | 10 | expected a dictionary, got the end of the"
            + " header",
        "{'descr': '<u2'                     | 25 | expected a comma or the end of the dictionary,"
            + " got the end of the header",
        "{'descr': '<u2', 'shape': (2,)}     | 41 | expected the keys descr, fortran_order and"
            + " shape, got no fortran_order",
        "{}                                  | 12 | expected the keys descr, fortran_order and"
            + " shape, got no descr",
        "{'descr': '<u2', 'descr': '<u2'}    | 27 | expected the key descr once, got it twice",
        "{'descr': '<u2', 'color': 'red'}    | 27 | expected the keys descr, fortran_order and"
            + " shape, got 'color'",
        "{descr: '<u2'}                      | 11 | expected a key in quotes, got 'descr'",
        "{'descr\\x20': '<u2'}               | 11 | expected a key in quotes, got ''descr\\x20''",
        "{'fortran_order': 0}                | 28 | expected True or False, got '0'",
        "{'fortran_order': open('x')}        | 28 | expected True or False, got 'open'",
        "{'shape': [2]}                      | 20 | expected a shape in parentheses, got '[2]'",
        "{'shape': (2)}                      | 22 | expected a comma after a single dimension, got"
            + " ')'",
        "{'shape': (2, -1)}                  | 24 | expected a dimension from 0 to 2147483647, got"
            + " '-1'",
        "{'shape': (2, 2147483648)}          | 24 | expected dimensions from 0 to 2147483647, got"
            + " '2147483648'",
        "{'shape': (2, 1e9)}                 | 25 | expected a comma or the end of the shape, got"
            + " 'e9'",
        "{'shape': (2 3)}                    | 23 | expected a comma after a single dimension, got"
            + " '3'",
        "{'shape': (2, 3}                    | 25 | expected a comma or the end of the shape, got"
            + " '}'",
        "{'descr': f4}                       | 20 | expected a type in quotes, got 'f4'",
        "{'shape': (0, 5), 'descr': '<u1', 'fortran_order': False} 7 | 68 | expected the header to"
            + " end after the dictionary, got '7'",
      })
  void errorsNameTheByteOfTheHeader(String header, int at, String message) {
    byte[] content = file(1, header == null ? "" : header.strip(), 0);
    assertThatThrownBy(() -> Npy.read("broken.npy", content))
        .isInstanceOf(FormatException.class)
        .hasMessage("broken.npy: byte " + at + ": header: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "objects    ; '|O': Python objects, whose bytes are a program",
        "bytes      ; '|S3': strings of bytes",
        "strings    ; '<U5': strings",
        "complex    ; '<c16': complex numbers",
        "dates      ; '<M8[D]': dates",
        "spans      ; '<m8[s]': spans of time",
        "raw        ; '|V2': raw bytes",
        "structured ; [('naïve', '<i4'), ('b', '<f8')], 'fortran_order': False, 's…: a structured"
            + " type",
        "quadruple  ; '<f16': floating-point numbers of a size that differs by machine",
      })
  void otherTypesAreNamed(String name, String type) throws IOException {
    String what =
        "byte 20: header: expected booleans, whole or floating-point numbers of 1 to 8 bytes, got"
            + " the type "
            + type;
    byte[] content = Fixtures.member("refused.npz", name + ".npy");
    assertThatThrownBy(() -> Npy.read("x.npy", content))
        .isInstanceOf(FormatException.class)
        .hasMessage("x.npy: " + what);
    Path archive = Fixtures.file("refused.npz");
    assertThatThrownBy(() -> Npz.read(archive, "fine", name))
        .isInstanceOf(FormatException.class)
        .hasMessage(archive + ": member '" + name + "': " + what);
    assertThat(Npz.read(archive, "fine").tensor("fine").ints()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4", "=f4", "|f4", "<f3", "<i16", "x", "<?", "<f", "<u4 ", "<u04", ""})
  void typesMustBeExact(String code) {
    byte[] content = file(1, "{'descr': '" + code + "', }", 0);
    assertThatThrownBy(() -> Npy.read("x", content))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(
            "got the type '"
                + code
                + "': "
                + (code.endsWith("f4") ? "a type without its byte order, < or >" : ""));
  }

  @Test
  void sizesMustBeExact() {
    String two = "{'descr': '<u2', 'fortran_order': False, 'shape': (%s), }\n";
    for (int more : new int[] {-1, 1}) {
      byte[] content = file(1, two.formatted("3,"), 6 + more);
      int begin = content.length - 6 - more;
      assertThatThrownBy(() -> Npy.read("x", content))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              more < 0
                  ? "x: byte "
                      + content.length
                      + ": expected 6 bytes of elements for U16 [3], got 5: it is truncated or its"
                      + " header wrong"
                  : "x: byte "
                      + (begin + 6)
                      + ": expected the end after 6 bytes of elements for U16 [3], got 1 more");
    }
    assertThatThrownBy(() -> Npy.read("x", file(2, two.formatted("2000000000, 100"), 10)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("expected 400000000000 bytes of elements");
    assertThatThrownBy(() -> Npy.read("x", file(2, two.formatted("65536, 65536, 65536, 65536"), 9)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("expected less than 2^60 bytes of elements");
    assertThatThrownBy(() -> Npy.read("x", file(2, two.formatted("1, ".repeat(65)), 2)))
        .hasMessageContaining("expected at most 64 dimensions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | byte 0: expected the 6 bytes that an NPY file begins with, the file"
            + " ends",
        "934e554d50           | byte 5: expected the 6 bytes that an NPY file begins with, the file"
            + " ends",
        "504b03040506         | byte 0: expected an NPY file, which begins with 93 4e 55 4d 50 59,"
            + " got 50 4b 03 04 05 06",
        "934e554d505901       | byte 7: expected a version, the file ends",
        "934e554d50590400     | byte 6: expected version 1.0, 2.0 or 3.0, got 4.0",
        "934e554d50590101     | byte 6: expected version 1.0, 2.0 or 3.0, got 1.1",
        "934e554d5059010005   | byte 9: expected the header's length, the file ends",
        "934e554d505902000001 | byte 10: expected the header's length, the file ends",
        "934e554d505902000000000f | byte 8: expected a header of at most 65536 bytes, got"
            + " 251658240",
        "934e554d50590200ffffffff | byte 8: expected a header of at most 65536 bytes, got"
            + " 4294967295",
        "934e554d505901000500207b | byte 12: expected a header of 5 bytes, the file ends",
      })
  void errorsNameTheFileAndTheByte(String hex, String message) {
    byte[] content = HexFormat.of().parseHex(hex.strip());
    assertThatThrownBy(() -> Npy.read("broken.npy", content))
        .isInstanceOf(FormatException.class)
        .hasMessage("broken.npy: " + message);
  }

  @Test
  void foldersAndMissingFilesAreTold() {
    assertThatThrownBy(() -> Npy.read(folder))
        .hasMessage(folder + ": expected an NPY file, but this is no ordinary file");
    assertThatThrownBy(() -> Npy.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
