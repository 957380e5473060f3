package ijen.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of damaged files: each is read, or refused with the documented exception; none makes
/// the reader allocate much more than its own size, or think for long.
class SafetensorsFuzzTest {
  /// The parser's buffers.
  private static final Fuzz FUZZ =
      new Fuzz("safetensors", FormatException.class, 20, 6_000, 64 << 10);

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "4294967296",
          "2147483647",
          "9223372036854775807",
          "18446744073709551616",
          "1e9",
          "0.5",
          "null",
          "\"4\"",
          "[]",
          "{}",
          "[0]",
          "true",
          "7777777777777777777777777777");

  private static final List<String> PIECES =
      List.of(
          "\"F32\"",
          "\"F4\"",
          "\"BF16\"",
          "\"dtype\":",
          "\"shape\":",
          "\"data_offsets\":",
          ",",
          "\"__metadata__\":",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          "\\u0000",
          "\u00ff",
          "é",
          " ",
          "[[[[");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void damagedFilesAreReadOrRefusedCleanly(@TempDir Path folder) throws Exception {
    byte[] original = Files.readAllBytes(SafetensorsTest.fixture());
    Fuzz.Result result =
        FUZZ.run(
            folder,
            random -> Fuzz.Sample.of(damage(original, random)),
            file -> {
              try (Safetensors read = Safetensors.read(file)) {
                checkTensors(read, Files.size(file));
              }
            });
    // Both happen often, or the damage is not well chosen.
    assertThat(result.read()).isGreaterThan(FUZZ.rounds() / 20);
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 3);
  }

  private static void checkTensors(Safetensors file, long size) {
    long total = 0;
    for (Tensor tensor : file.tensors().values()) {
      byte[] bytes = tensor.bytes();
      total += bytes.length;
      if (tensor.elements() * tensor.dtype().bits() != 8L * bytes.length
          || (tensor.dtype().hasNumbers() && tensor.doubles().length != tensor.elements())) {
        throw new AssertionError(file + ": " + tensor + " has " + bytes.length + " bytes");
      }
    }
    assertThat(total).isLessThan(size);
  }

  private static byte[] damage(byte[] original, RandomGenerator random) {
    byte[] bytes = original.clone();
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> bytes = Changes.any(bytes, random);
      case 3 -> bytes = Changes.bytes(bytes, 8 + header, random);
      case 4 -> { // another length of the header
        long length =
            switch (random.nextInt(3)) {
              case 0 -> random.nextLong();
              case 1 -> random.nextLong() >>> random.nextInt(64);
              default -> header + random.nextInt(-5, 6);
            };
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      }
      case 5 -> { // only the data, which may be anything
        for (int k = 0; k < 20; k++) {
          bytes[8 + header + random.nextInt(bytes.length - 8 - header)] = (byte) random.nextInt();
        }
      }
      default -> bytes = anotherHeader(bytes, header, random);
    }
    return bytes;
  }

  /// Puts another header of about the same form there, with a length that is right.
  private static byte[] anotherHeader(byte[] bytes, int header, RandomGenerator random) {
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
    for (int k = random.nextInt(1, 4); k > 0; k--) {
      json = random.nextBoolean() ? anotherNumber(json, random) : anotherPiece(json, random);
    }
    byte[] changed = json.getBytes(StandardCharsets.UTF_8);
    int data = bytes.length - 8 - header;
    ByteBuffer out = ByteBuffer.allocate(8 + changed.length + data).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(changed.length).put(changed).put(bytes, 8 + header, data);
    return out.array();
  }

  /// Replaces one number of the header by something else.
  private static String anotherNumber(String json, RandomGenerator random) {
    int at = random.nextInt(json.length());
    while (at < json.length() && !Character.isDigit(json.charAt(at))) {
      at++;
    }
    int end = at;
    while (end < json.length() && Character.isDigit(json.charAt(end))) {
      end++;
    }
    String number =
        random.nextBoolean()
            ? NUMBERS.get(random.nextInt(NUMBERS.size()))
            : Integer.toString(random.nextInt(150));
    return json.substring(0, at) + number + json.substring(end);
  }

  private static String anotherPiece(String json, RandomGenerator random) {
    int at = random.nextInt(json.length() + 1);
    int end = Math.min(json.length(), at + random.nextInt(30));
    return json.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + json.substring(end);
  }

  @Test
  @Timeout(120)
  void expensiveHeadersCostLittle(@TempDir Path folder) throws Exception {
    // Headers of a few megabytes made only to be costly.
    String tensor = "\"%s\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 200_000; i++) {
      many.append(i == 0 ? "" : ",").append(tensor.formatted(Integer.toString(i, 36)));
    }
    StringBuilder texts = new StringBuilder("{\"__metadata__\":{\"\":\"\"");
    for (int i = 0; i < 500_000; i++) {
      texts.append(",\"").append(Integer.toString(i, 36)).append("\":\"\"");
    }
    // Names with the same hash code.
    StringBuilder same = new StringBuilder("{");
    for (int i = 0; i < 1 << 15; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 15; bit++) {
        name.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
      }
      same.append(i == 0 ? "" : ",").append(tensor.formatted(name));
    }
    List<String> headers =
        List.of(
            many + "}",
            texts + "}}",
            same + "}",
            "{\"w\":{\"shape\":[" + "1,".repeat(2_000_000),
            "{\"w\":{\"x\":[" + "[],".repeat(1_000_000),
            "{\"w\":{\"x\":" + "{\"\":".repeat(1_000_000),
            "{\"" + "w".repeat(4_000_000),
            "{\"w\":" + " ".repeat(4_000_000),
            "{\"__metadata__\":{\"a\":\"" + "\\u0041".repeat(800_000) + "\"}}");
    Path path = folder.resolve("x.safetensors");
    for (String header : headers) {
      String which = header.substring(0, 40);
      Files.write(path, SafetensorsTest.file(header, 0));
      long start = System.nanoTime();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try (Safetensors read = Safetensors.read(path)) {
        assertThat(read.tensors()).as(which).isNotNull();
      } catch (FormatException refusal) {
        assertThat(refusal).hasMessageStartingWith(path + ": ").message().hasSizeLessThan(1000);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(System.nanoTime() - start).as(which).isLessThan(20_000_000_000L);
      // Twice the file, and a constant: the tables of at most 100,000 tensors or 10,000 texts.
      assertThat(allocated).as(which).isLessThan(2 * Files.size(path) + (60 << 20));
    }
  }
}
