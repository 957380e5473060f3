package ijen.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import ijen.format.FormatException;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of changed files: each must be read, or refused with a [FormatException], quickly and
/// in little memory.
class OnnxFuzzTest {
  /// What may be allocated for a file of n bytes: 2·n, and this for layers, messages and traces.
  private static final long SLACK = 1 << 20;

  private static final Fuzz FUZZ = new Fuzz("ONNX", FormatException.class, 5, 20_000, SLACK);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void changedFilesAreReadOrRefused() throws IOException {
    List<byte[]> valid = new ArrayList<>();
    for (LayerCases.Case one : LayerCases.all()) {
      Path file = folder.resolve("valid.onnx");
      Onnx.write(OnnxLayersTest.model(one), file);
      valid.add(Files.readAllBytes(file));
    }
    for (String name : List.of("torch_mlp", "torch_cnn", "torch_residual", "helper")) {
      valid.add(Files.readAllBytes(OnnxReadTest.fixture(name + ".onnx")));
    }
    Fuzz.Result result =
        FUZZ.run(
            random -> Fuzz.Sample.of(changed(random, valid)),
            (name, content) ->
                assertThat(Onnx.read(name, content).network().layers()).isNotEmpty());
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 3);
  }

  private static byte[] changed(RandomGenerator random, List<byte[]> valid) {
    byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(7)) {
        case 0, 1, 2 -> bytes = Changes.any(bytes, random);
        case 3 -> { // a large varint
          for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(10)); i++) {
            bytes[i] = (byte) 0xFF;
          }
        }
        case 4 -> { // something put in
          byte[] other = valid.get(random.nextInt(valid.size()));
          int from = random.nextInt(other.length);
          bytes = spliced(bytes, at, other, from, Math.min(other.length - from, 40));
        }
        case 5 -> { // one piece over another
          int from = random.nextInt(bytes.length);
          int count = Math.min(bytes.length - Math.max(at, from), 1 + random.nextInt(30));
          System.arraycopy(bytes, from, bytes, at, count);
        }
        default -> bytes[random.nextInt(Math.min(bytes.length, 300))] += (byte) random.nextInt(3);
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] other, int from, int count) {
    byte[] longer = new byte[bytes.length + count];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(other, from, longer, at, count);
    System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
    return longer;
  }

  /// The shortest file for the most objects.
  @Test
  @Timeout(60)
  void aFileOfEmptyMessagesStaysSmall() {
    byte[] graph = new byte[2_000_000];
    for (int i = 0; i < graph.length; i += 2) {
      graph[i] = 0x0A; // a node of no bytes
    }
    byte[] content = new byte[graph.length + 5];
    content[0] = 0x3A; // the graph
    int length = graph.length;
    for (int i = 1; i < 5; i++, length >>>= 7) {
      content[i] = (byte) ((length & 0x7F) | (i < 4 ? 0x80 : 0));
    }
    System.arraycopy(graph, 0, content, 5, graph.length);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(failure(content)).hasMessageContaining("at most 100000 fields");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
  }

  private static FormatException failure(byte[] content) {
    try {
      throw new AssertionError("accepted as " + Onnx.read("empty", content));
    } catch (FormatException refused) {
      return refused;
    }
  }
}
