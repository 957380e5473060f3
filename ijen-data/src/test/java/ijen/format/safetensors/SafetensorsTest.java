package ijen.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final float[] SIX = {0, -1.5f, 3.25f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f};

  @TempDir private Path folder;

  static Path fixture() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(SafetensorsTest.class.getResource("fixture.safetensors")).toURI());
  }

  @Test
  void readsWhatPythonWrote() throws Exception {
    try (Safetensors file = Safetensors.read(fixture())) {
      assertThat(file.metadata())
          .containsExactly(
              Map.entry("format", "pt"),
              Map.entry("note", "line one\nline two 🌋"),
              Map.entry("", "empty key"));
      assertThat(file.tensors()).hasSize(17);
      assertThat(file.tensors().keySet()).startsWith("bf16", "empty", "f16");
      assertThat(file.tensor("f32.matrix").shape()).containsExactly(2, 3);
      assertThat(file.tensor("f32.matrix").floats()).containsExactly(SIX);
      assertThat(file.tensor("f64")).hasToString("F64 [2, 1, 2]");
      assertThat(file.tensor("f64").doubles())
          .containsExactly(0.1, -2.5e300, Double.POSITIVE_INFINITY, Double.MIN_VALUE);
      assertThat(file.tensor("f64").floats())
          .containsExactly(0.1f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0);
      assertThat(file.tensor("f16").floats())
          .containsExactly(1, -65504, 0x1p-24f, Float.POSITIVE_INFINITY);
      assertThat(file.tensor("f16").doubles())
          .containsExactly(1, -65504, 0x1p-24, Double.POSITIVE_INFINITY);
      float large = file.tensor("bf16").floats()[2];
      assertThat(file.tensor("bf16").floats()).containsExactly(1, -0.0078125f, large);
      assertThat(large).isBetween(2.98e38f, 3.0e38f); // the fixture cuts 3.0e38 after 8 bits
      assertThat(file.tensor("bf16").doubles()).containsExactly(1, -0.0078125, large);
      assertThat(file.tensor("flags").ints()).containsExactly(1, 0, 1);
      assertThat(file.tensor("i8").ints()).containsExactly(-128, 127);
      assertThat(file.tensor("u8").ints()).containsExactly(0, 200, 255);
      assertThat(file.tensor("u8").floats()).containsExactly(0, 200, 255);
      assertThat(file.tensor("i16").ints()).containsExactly(-32768, 12345);
      assertThat(file.tensor("u16").ints()).containsExactly(65535, 1);
      assertThat(file.tensor("i32").ints()).containsExactly(Integer.MIN_VALUE, 7);
      assertThat(file.tensor("u32").longs()).containsExactly(4294967295L, 7);
      assertThat(file.tensor("i64").longs()).containsExactly(Long.MIN_VALUE);
      assertThat(file.tensor("i64").doubles()).containsExactly(-0x1p63);
      assertThat(file.tensor("u64").doubles()).containsExactly(0x1p64, 42);
      assertThat(file.tensor("u64").floats()).containsExactly(0x1p64f, 42);
      assertThat(file.tensor("scalar").shape()).isEmpty();
      assertThat(file.tensor("scalar").floats()).containsExactly(42.5f);
      assertThat(file.tensor("empty").shape()).containsExactly(0, 5);
      assertThat(file.tensor("empty").floats()).isEmpty();
      assertThat(file.tensor("f8").bytes()).containsExactly(0x38, 0xb8);
      assertThat(file.tensor("größe \"日本\"").bytes()).containsExactly(1);
    }
  }

  @Test
  void conversionsThatWouldLieAreRefused() throws Exception {
    Path path = fixture();
    try (Safetensors file = Safetensors.read(path)) {
      assertThatThrownBy(() -> file.tensor("u32").ints())
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              path
                  + ": tensor 'u32' U32 [2]: element 0: expected a number that fits an int, got"
                  + " 4294967295");
      assertThatThrownBy(() -> file.tensor("u64").longs())
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining(
              "element 0: expected a number that fits a long, got 18446744073709");
      assertThatThrownBy(() -> file.tensor("f16").ints())
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("'f16' F16 [4]: expected a type of whole numbers");
      assertThatThrownBy(() -> file.tensor("f8").floats())
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("'f8' F8_E4M3 [2]: expected a type that converts");
      assertThatThrownBy(() -> file.tensor("scalar").copyTo(new float[3], 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> file.tensor("f32"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("expected a tensor 'f32', got 17 others: [bf16, empty, f16,");
    }
  }

  @Test
  void aClosedFileSaysSo() throws Exception {
    Safetensors file = Safetensors.read(fixture());
    Tensor tensor = file.tensor("u8");
    file.close();
    assertThatCode(file::close).doesNotThrowAnyException();
    assertThat(tensor.shape()).containsExactly(3);
    assertThatThrownBy(tensor::floats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tensor 'u8' U8 [3]: its file is closed");
  }

  @Test
  void whatIsWrittenComesBack() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(SIX, 2, 3));
    tensors.put("flag", Tensor.of(new byte[] {-1}, 1));
    tensors.put("a.bias", Tensor.of(new double[] {0.1, Double.NaN}, 2));
    tensors.put("steps", Tensor.of(new long[] {Long.MIN_VALUE, 5}, 2, 1));
    tensors.put("classes", Tensor.of(new int[] {-7}));
    tensors.put("none", Tensor.of(new float[0], 4, 0));
    tensors.put("half", Tensor.ofBytes(Dtype.F16, new byte[] {0, 0x3C}, 1));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "{\"kind\": \"dense\"}\n\u0001 🌋");
    metadata.put("a", "");
    Path path = folder.resolve("m.safetensors");
    Safetensors.write(path, tensors, metadata);
    try (Safetensors file = Safetensors.read(path)) {
      assertThat(file.metadata()).containsExactlyEntriesOf(metadata);
      assertThat(file.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
      for (String name : tensors.keySet()) {
        assertThat(file.tensor(name)).hasToString(tensors.get(name).toString());
        assertThat(file.tensor(name).bytes())
            .as(name)
            .isEqualTo(Objects.requireNonNull(tensors.get(name)).bytes());
      }
      assertThat(file.tensor("z.weight").floats()).containsExactly(SIX);
      assertThat(file.tensor("steps").longs()).containsExactly(Long.MIN_VALUE, 5);
      assertThat(file.tensor("classes").ints()).containsExactly(-7);
      assertThat(file.tensor("half").floats()).containsExactly(1);
      // What is read can be written again, even over the file that it is read from.
      byte[] before = Files.readAllBytes(path);
      Safetensors.write(path, file.tensors(), file.metadata());
      assertThat(Files.readAllBytes(path)).isEqualTo(before);
      assertThat(file.tensor("z.weight").floats()).containsExactly(SIX);
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Path path = folder.resolve("m.safetensors");
    Safetensors.write(path, Map.of("w", Tensor.of(new float[] {1, -2}, 2)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long header = buffer.getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, (int) header, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
                + " ");
    assertThat(HexFormat.of().formatHex(bytes, 8 + (int) header, bytes.length))
        .isEqualTo("0000803f000000c0");
  }

  @Test
  void largeArraysAndSlicesComeBack() throws IOException {
    float[] theta = new float[300_001];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = i * 0.25f - 1000;
    }
    Path path = folder.resolve("m.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("odd", Tensor.of(new byte[] {1, 2, 3}, 3)); // what follows is not aligned
    tensors.put("all", Tensor.of(theta, theta.length));
    tensors.put("part", Tensor.ofSlice(theta, 1000, 50, 20));
    theta[5] = Float.NaN; // tensors have their own copy
    Safetensors.write(path, tensors, Map.of());
    theta[5] = 5 * 0.25f - 1000;
    try (Safetensors file = Safetensors.read(path)) {
      assertThat(file.metadata()).isEmpty();
      assertThat(file.tensor("all").floats()).isEqualTo(theta);
      float[] target = new float[2000];
      file.tensor("part").copyTo(target, 1000);
      assertThat(target[999]).isZero();
      for (int i = 0; i < 1000; i++) {
        assertThat(target[1000 + i]).isEqualTo(theta[1000 + i]);
      }
    }
  }

  @Test
  void manyTensorsAreNoProblem() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < Safetensors.MOST_TENSORS; i++) {
      tensors.put("layers." + i + ".weight", Tensor.of(new byte[] {(byte) i}, 1));
    }
    Path path = folder.resolve("m.safetensors");
    Safetensors.write(path, tensors, Map.of());
    try (Safetensors file = Safetensors.read(path)) {
      assertThat(file.tensors()).hasSize(Safetensors.MOST_TENSORS);
      assertThat(file.tensor("layers.99999.weight").bytes()).containsExactly((byte) 99_999);
    }
    tensors.put("more", Tensor.of(new byte[1], 1));
    assertThatThrownBy(() -> Safetensors.write(path, tensors, Map.of()))
        .hasMessage("safetensors: expected at most 100000 tensors, got 100001");
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path path = folder.resolve("m.safetensors");
    Safetensors.write(path, Map.of("w", Tensor.of(SIX, 6)), Map.of());
    byte[] before = Files.readAllBytes(path);
    Tensor gone;
    try (Safetensors file = Safetensors.read(path)) {
      gone = file.tensor("w");
    }
    Tensor whole = Tensor.of(SIX, 6);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", whole);
    tensors.put("b", gone);
    assertThatThrownBy(() -> Safetensors.write(path, tensors, Map.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Safetensors.write(path, Map.of("__metadata__", whole), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another name");
    assertThatThrownBy(() -> Safetensors.write(path, Map.of("w".repeat(10_001), whole), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names of at most 10000 characters");
    assertThatThrownBy(() -> Safetensors.write(path, Map.of("\uD800", whole), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half a surrogate pair");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining(p -> !p.equals(path));
  }

  @Test
  void damagedFilesAreRefusedWithTheReason() throws IOException {
    expect(new byte[0], "expected at least 8 bytes, got 0: this is no safetensors file");
    expect(new byte[7], "expected at least 8 bytes, got 7: this is no safetensors file");
    expect(
        new byte[100],
        "expected the length of a header, 2 to 100000000, in the first 8 bytes, got 0: this is no"
            + " safetensors file");
    expect(
        HexFormat.of().parseHex("ffffffffffffffff7b7d"),
        "expected the length of a header, 2 to 100000000, in the first 8 bytes, got"
            + " 18446744073709551615: this is no safetensors file");
    expect(
        HexFormat.of().parseHex("00e1f505000000007b7d"),
        "expected a header of 100000000 bytes after the first 8, but the file ends after 2: it is"
            + " truncated or no safetensors file");
    expect(" {}", "byte 8: expected a header that begins with '{', got byte 20");
    expect("{}", 3, "expected 0 bytes of data after the header, got 3: the rest belongs to no");
    expect("{ ", "byte 10: Unexpected end-of-input");
    expect("{}{}", "byte 10: expected only spaces after the header's object, got more");
    expect("{\"w\": 1}", "byte 14: 'w': expected an object, got 1");
    expect("{\"w\": {}}", "expected 'dtype', 'shape' and 'data_offsets', not all are there");
    expect("{\"a\0\": 1}", "byte 11: Illegal unquoted character ((CTRL-CHAR, code 0))");
    expect(
        HexFormat.of().parseHex("08000000000000007b0022007d000000"),
        "byte 9: Illegal character ((CTRL-CHAR, code 0))"); // UTF-16
    expect(
        HexFormat.of().parseHex("07000000000000007b22c3c0223a31"),
        "byte 10: expected the header to be UTF-8");
    expect("{\"\\ud83c\": 1}", "byte 16: Broken surrogate pair");
    expect("{\"__metadata__\": {\"a\": \"\\udf0b\"}}", "half a surrogate pair");
    expect("{\"größe 🌋\": 1}", "byte 25: 'größe 🌋': expected an object, got 1");
    expect(
        "{\"__metadata__\": [1]}", "byte 25: '__metadata__': expected an object of texts, got [");
    expect(
        "{\"__metadata__\": {\"a\": 1}}",
        "byte 31: '__metadata__': expected a text for each key, got 1");
    expect(
        "{\"__metadata__\": {\"a\": \"\", \"a\": \"\"}}",
        "'__metadata__': expected each key once, got 'a' again");
    expect(
        "{\"__metadata__\": {}, \"__metadata__\": {}}",
        "expected each name once, got '__metadata__' again");
    expect(entry("F99", "[1]", "[0, 4]"), 4, "expected a dtype of [BOOL, U8, I8,");
    expect(entry("f32", "[1]", "[0, 4]"), 4, ", got \"f32\"");
    expect(
        entry("F32", "[2, 2]", "[0, 12]"),
        12,
        "'w': F32 [2, 2]: expected 16 bytes, got 12 between its data_offsets [0, 12]");
    expect(
        entry("F32", "[1]", "[0, 4]"),
        3,
        "'w': data_offsets [0, 4]: expected them within the 3 bytes after the header: the"
            + " file is truncated or its header wrong");
    expect(entry("U8", "[1]", "[1, 2]"), 2, "at 0, got 1: there is a gap");
    expect(entry("U8", "[1]", "[1, 0]"), 2, "expected the first not to be above the second");
    expect(entry("U8", "[1]", "[0]"), 1, "expected two data_offsets, got 1");
    expect(entry("U8", "[1]", "[0, 1, 1]"), 1, "expected two data_offsets, got more");
    expect(entry("U8", "1", "[0, 1]"), 1, "'w': expected an array as shape, got 1");
    expect(
        entry("U8", "[-1]", "[0, 1]"),
        1,
        "'w': expected whole numbers from 0 to 2147483647 as dimensions, got -1");
    expect(entry("U8", "[1.0]", "[0, 1]"), 1, "got 1.0");
    expect(entry("U8", "[\"1\"]", "[0, 1]"), 1, "got \"1\"");
    expect(entry("U8", "[null]", "[0, 1]"), 1, "got null");
    expect(entry("U8", "[2147483648]", "[0, 1]"), 1, "got 2147483648");
    expect(entry("U8", "[1]", "[0, 99999999999999999999]"), 1, "got 99999999999999999999");
    expect(entry("U8", "[1" + "0".repeat(99) + "]", "[0, 1]"), 1, "length (100)");
    expect(
        entry("U8", "[2147483647, 2147483647, 2147483647]", "[0, 1]"),
        1,
        "expected a shape that fills whole bytes, and less than 2^63");
    expect(
        entry("F64", "[2147483647, 2147483647]", "[0, 8]"),
        8,
        "expected a shape that fills whole bytes, and less than 2^63");
    expect(entry("F4", "[3]", "[0, 2]"), 2, "expected a shape that fills whole bytes");
    expect(
        entry("U8", "[" + "1,".repeat(64) + "1]", "[0, 1]"), 1, "expected at most 64 dimensions");
    expect(
        "{\"w\": {\"dtype\": \"U8\", \"dtype\": \"U8\", \"shape\": [1], \"data_offsets\": [0, 1]}}",
        1,
        "'w': expected 'dtype' once");
    expect(
        two("[0, 2]", "[1, 3]"),
        3,
        "'b': expected its data to begin where others end, at 2, got 1: it overlaps another");
    expect(two("[0, 2]", "[0, 2]"), 2, "'b'");
    expect(two("[0, 2]", "[3, 5]"), 5, "'b': expected its data to begin where others end, at 2");
    expect("{\"w\": " + "[".repeat(1000), "byte 14: 'w': expected an object, got [");
    expect("{\"w\": {\"x\": " + "[".repeat(1000), "nesting depth");
    expect("{\"" + "w".repeat(20_000) + "\": 1}", "Name length");
  }

  @Test
  void whatTheFormatAllowsIsRead() throws IOException {
    assertThat(tensors("{}", 0)).isEmpty();
    assertThat(tensors("{\"__metadata__\": {}} \n\t\r ", 0)).isEmpty();
    assertThat(tensors(two("[2, 4]", "[0, 2]"), 4)).containsExactly("a", "b");
    assertThat(tensors(entry("F4", "[4]", "[0, 2]"), 2)).containsExactly("w");
    assertThat(tensors(entry("F6_E2M3", "[2, 2]", "[0, 3]"), 3)).containsExactly("w");
    assertThat(tensors(entry("U8", "[65536, 65536, 0, 65536]", "[0, 0]"), 0)).containsExactly("w");
    assertThat(
            tensors(
                "{\"w\": {\"dtype\": \"U8\", \"more\": {\"x\": [1]}, \"shape\": [1],"
                    + " \"data_offsets\": [0, 1]}}",
                1))
        .containsExactly("w");
  }

  @Test
  void onlyOrdinaryFilesAreRead() {
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("this is no ordinary file");
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  private static String entry(String dtype, String shape, String offsets) {
    return "{\"w\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}}"
        .formatted(dtype, shape, offsets);
  }

  private static String two(String first, String second) {
    String each = "\"%s\": {\"dtype\": \"U8\", \"shape\": [2], \"data_offsets\": %s}";
    return "{" + each.formatted("a", first) + ", " + each.formatted("b", second) + "}";
  }

  private List<String> tensors(String header, int data) throws IOException {
    Path path = folder.resolve("x.safetensors");
    Files.write(path, file(header, data));
    try (Safetensors file = Safetensors.read(path)) {
      return List.copyOf(file.tensors().keySet());
    }
  }

  private void expect(String header, String problem) throws IOException {
    expect(file(header, 0), problem);
  }

  private void expect(String header, int data, String problem) throws IOException {
    expect(file(header, data), problem);
  }

  private void expect(byte[] content, String problem) throws IOException {
    Path path = folder.resolve("x.safetensors");
    Files.write(path, content);
    assertThatThrownBy(() -> Safetensors.read(path).close())
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(problem)
        .message()
        .hasSizeLessThan(500);
  }

  static byte[] file(String header, int data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    out.write(json);
    out.write(new byte[data]);
    return out.toByteArray();
  }
}
