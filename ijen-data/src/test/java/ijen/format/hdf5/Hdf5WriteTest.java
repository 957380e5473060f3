package ijen.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.random.RandomStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5WriteTest {
  private static final long SEED = Long.getLong("ijen.seed", 18);
  private static final List<Dtype> SAME =
      List.of(
          Dtype.U8, Dtype.I8, Dtype.I16, Dtype.U16, Dtype.I32, Dtype.U32, Dtype.I64, Dtype.U64,
          Dtype.F32, Dtype.F64);
  private static final int[][] SHAPES = {{}, {7}, {5, 3}, {4, 6, 5}, {2, 1, 3, 2}, {300, 70}};

  @TempDir Path folder;

  private static Map<String, Tensor> all() {
    RandomGenerator random = RandomStream.of(SEED, "write", 0).generator();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Dtype type : SAME) {
      for (int[] shape : SHAPES) {
        byte[] data = new byte[(int) type.bytes(Tensor.elements(shape))];
        random.nextBytes(data);
        if (type == Dtype.F32 || type == Dtype.F64) { // NaNs print in many ways; all else stays
          for (int i = type.bits() / 8 - 1; i < data.length; i += type.bits() / 8) {
            data[i] = (byte) ((data[i] & 0x80) | 0x3F);
          }
        }
        tensors.put(
            "group" + shape.length + "/" + type + Arrays.toString(shape).replace(", ", "x"),
            Tensor.ofShared(type, data, shape));
      }
    }
    return tensors;
  }

  private static List<Hdf5Storage> storages() {
    return List.of(
        Hdf5Storage.contiguous(),
        Hdf5Storage.compressed(),
        Hdf5Storage.compressed().withChunkBytes(100).withShuffle(false).withGzipLevel(1),
        Hdf5Storage.contiguous().withChunkBytes(4000));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path path = folder.resolve("all.hdf5");
    for (Hdf5Storage storage : storages()) {
      Map<String, Tensor> tensors = all();
      Map<String, String> texts = Map.of("title", "Grüße", "empty", "", "long", "x".repeat(50_000));
      Hdf5File.write(path, tensors, texts, storage);
      try (Hdf5File file = Hdf5File.read(path)) {
        assertThat(file.attributes()).as("%s", storage).containsExactlyInAnyOrderEntriesOf(texts);
        assertThat(file.datasets().keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
          Tensor again;
          try {
            again = file.tensor(name);
          } catch (IOException e) {
            throw new AssertionError(name + " " + storage, e);
          }
          String what = name + " " + storage + " seed " + SEED;
          assertThat(again.dtype()).as(what).isEqualTo(tensor.dtype());
          assertThat(again.shape()).as(what).isEqualTo(tensor.shape());
          assertThat(again.bytes()).as(what).isEqualTo(tensor.bytes());
        });
      }
    }
  }

  @Test
  void h5pyReadsTheSame() throws IOException, InterruptedException {
    Path script = folder.resolve("read_back.py");
    Files.write(script, Hdf5FileTest.fixture("read_back.py"));
    String python = python();
    assumeTrue(python != null, "no Python with h5py here: what was written is not read back by it");
    for (Hdf5Storage storage : storages()) {
      Path path = folder.resolve("all.hdf5");
      Map<String, Tensor> tensors = all();
      Hdf5File.write(path, tensors, Map.of("title", "Grüße"), storage);
      List<String> lines = run(python, script.toString(), path.toString());
      assertThat(lines).as("%s", storage).contains("@title|Grüße");
      int compared = 0;
      for (String line : lines) {
        String[] parts = line.split("\\|", -1);
        Tensor tensor = tensors.get(parts[0]);
        if (tensor == null) {
          assertThat(line).startsWith("@");
          continue;
        }
        String what = parts[0] + " " + storage + " seed " + SEED;
        assertThat(parts[1]).as(what).isEqualTo(numpy(tensor.dtype()));
        assertThat(parts[2]).as(what).isEqualTo(Arrays.toString(tensor.shape()));
        boolean chunks = storage.chunkBytes() > 0 && tensor.shape().length > 0;
        assertThat(parts[3]).as(what).matches(chunks ? "[0-9x]+" : "contiguous");
        assertThat(parts[4])
            .as(what)
            .isEqualTo(chunks && storage.gzipLevel() > 0 ? "gzip" : "None");
        assertThat(parts[5]).as(what).isEqualTo(chunks && storage.shuffle() ? "True" : "False");
        assertThat(parts[6]).as(what).isEqualTo(printed(tensor));
        compared++;
      }
      assertThat(compared).isEqualTo(tensors.size());
    }
  }

  private static String numpy(Dtype type) {
    String kind =
        switch (type.name().charAt(0)) {
          case 'U' -> "uint";
          case 'I' -> "int";
          default -> "float";
        };
    return kind + type.bits();
  }

  /// The numbers as Python prints them in a list; floating-point ones are compared as such.
  private static String printed(Tensor tensor) {
    List<String> texts = new ArrayList<>();
    switch (tensor.dtype()) {
      case F32, F64 -> {
        for (double number : tensor.doubles()) {
          texts.add(python(number));
        }
      }
      case U64 -> {
        for (long number : signed(tensor)) {
          texts.add(Long.toUnsignedString(number));
        }
      }
      default -> {
        for (long number : tensor.longs()) {
          texts.add(Long.toString(number));
        }
      }
    }
    return texts.toString();
  }

  private static long[] signed(Tensor tensor) {
    return Tensor.ofShared(Dtype.I64, tensor.bytes(), tensor.shape()).longs();
  }

  /// Python's `repr` of a number between 2⁻¹²⁷ and 2.
  private static String python(double number) {
    String text = Double.toString(number);
    BigDecimal exact = new BigDecimal(text);
    if (Math.abs(number) >= 1e-4 || number == 0) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    digits = digits.replaceFirst("0+$", "");
    int exponent = exact.precision() - exact.scale() - 1;
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e-"
        + (exponent > -10 ? "0" : "")
        + -exponent;
  }

  private static @Nullable String python() throws InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      try {
        if (new ProcessBuilder(python, "-c", "import h5py").start().waitFor() == 0) {
          return python;
        }
      } catch (IOException none) {
        // The next one, then.
      }
    }
    return null;
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(out, StandardCharsets.UTF_8);
  }

  @Test
  void typesThatTheLibraryLacksAreWrittenAsWiderOnes() throws IOException {
    Path path = folder.resolve("wide.hdf5");
    byte[] halves = {0, 0x3C, 0, (byte) 0xC0}; // 1 and -2
    byte[] brains = {(byte) 0x80, 0x3F, 0, (byte) 0xC0};
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("half", Tensor.ofShared(Dtype.F16, halves, 2));
    tensors.put("brain", Tensor.ofShared(Dtype.BF16, brains, 2));
    tensors.put("truth", Tensor.ofShared(Dtype.BOOL, new byte[] {1, 0}, 2));
    Hdf5File.write(path, tensors, Map.of(), Hdf5Storage.compressed());
    try (Hdf5File file = Hdf5File.read(path)) {
      assertThat(file.dataset("half")).hasToString("F32 [2]");
      assertThat(file.tensor("half").floats()).containsExactly(1, -2);
      assertThat(file.tensor("brain").floats()).containsExactly(1, -2);
      assertThat(file.dataset("truth").dtype()).isEqualTo(Dtype.U8);
      assertThat(file.tensor("truth").ints()).containsExactly(1, 0);
    }
  }

  @Test
  void aFileWithNothingInItIsAFile() throws IOException {
    Path path = folder.resolve("nothing.hdf5");
    Hdf5File.write(path, Map.of(), Map.of(), Hdf5Storage.contiguous());
    try (Hdf5File file = Hdf5File.read(path)) {
      assertThat(file.datasets()).isEmpty();
      assertThat(file.attributes()).isEmpty();
    }
  }

  @Test
  void refusesWhatCannotBeWrittenAndKeepsWhatWasThere() throws IOException {
    Path path = folder.resolve("kept.hdf5");
    Files.writeString(path, "kept");
    Tensor one = Tensor.of(new float[] {1}, 1);
    Map<Map<String, Tensor>, String> wrong = new LinkedHashMap<>();
    wrong.put(
        Map.of("a//b", one),
        "HDF5: expected names of one or more parts with '/' between them, such as 'dense1/weight',"
            + " got 'a//b'");
    wrong.put(
        Map.of("a", one, "a/b", one), "HDF5: expected 'a' to be a tensor or a group, got both");
    wrong.put(
        Map.of("a", Tensor.of(new float[0], 0, 3)),
        "HDF5: expected one or more numbers in 'a', got F32 [0, 3]");
    wrong.put(
        Map.of("a", Tensor.ofShared(Dtype.C64, new byte[8], 1)),
        "HDF5: expected a type of whole or real numbers for 'a', got C64");
    wrong.forEach((tensors, message) ->
        assertThatThrownBy(() -> Hdf5File.write(path, tensors, Map.of(), Hdf5Storage.contiguous()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message));
    assertThatThrownBy(() ->
            Hdf5File.write(
                path,
                Map.of("a", one),
                Map.of("config", "ü".repeat(30_000)),
                Hdf5Storage.contiguous()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "HDF5: expected the attribute 'config' and its name to have at most 60000 bytes, got"
                + " 60006: keep a longer text in a data set of bytes, or beside the file");
    assertThat(path).hasContent("kept");
    Path nowhere = folder.resolve("none").resolve("x.hdf5");
    assertThatThrownBy(
            () -> Hdf5File.write(nowhere, Map.of("a", one), Map.of(), Hdf5Storage.contiguous()))
        .isInstanceOf(IOException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> Hdf5Storage.compressed().withGzipLevel(10))
        .hasMessage("gzipLevel: expected 0 to 9, got 10");
    assertThatThrownBy(() -> Hdf5Storage.contiguous().withGzipLevel(1))
        .hasMessage("chunkBytes: expected more than 0 for shuffle or gzip, which work on chunks");
    assertThatThrownBy(() -> Hdf5Storage.contiguous().withChunkBytes(-1))
        .hasMessage("chunkBytes: expected 0 or more, got -1");
  }
}
