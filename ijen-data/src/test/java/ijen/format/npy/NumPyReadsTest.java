package ijen.format.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.format.Dtype;
import ijen.format.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NumPy reads what is written here, where there is a Python with NumPy.
class NumPyReadsTest {
  private static final int[][] SHAPES = {{6}, {2, 3}, {3, 1, 2}, {0, 5}, {}};

  @TempDir Path folder;

  private static List<String> lines(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      byte[] out = process.getInputStream().readAllBytes();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0
          ? new String(out, StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void requireNumPy() throws Exception {
    List<String> version;
    try {
      version = lines(List.of("python3", "-c", "import numpy; print(numpy.__version__)"));
    } catch (IOException noPython) {
      version = List.of();
    }
    assumeTrue(!version.isEmpty(), "NumPy reads our files back only where python3 has NumPy");
  }

  @Test
  void everyTypeAndShape() throws Exception {
    requireNumPy();
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    List<String> expected = new ArrayList<>();
    List<String> command =
        new ArrayList<>(List.of("python3", Fixtures.file("read_back.py").toString()));
    for (Map.Entry<String, Dtype> type : Fixtures.TYPES.entrySet()) {
      String code = (type.getValue().bits() == 8 ? "|" : "<") + type.getKey();
      for (int[] shape : SHAPES) {
        int bytes = (int) type.getValue().bytes(Tensor.elements(shape));
        byte[] values = Arrays.copyOf(Fixtures.six(type.getValue()), bytes);
        Tensor tensor = Tensor.ofBytes(type.getValue(), values, shape);
        String size =
            Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
        String line = "|" + code + "|" + size + "|" + HexFormat.of().formatHex(values);
        String name = "größe/" + type.getKey() + " " + size;
        arrays.put(name, tensor);
        Path file = folder.resolve(type.getKey() + "-" + size + ".npy");
        Npy.write(file, tensor);
        command.add(file.toString());
        expected.add(line);
      }
    }
    Npz.write(folder.resolve("stored.npz"), arrays);
    Npz.writeCompressed(folder.resolve("compressed.npz"), arrays);
    List<String> single = List.copyOf(expected);
    for (String archive : List.of("stored.npz", "compressed.npz")) {
      command.add(folder.resolve(archive).toString());
      int i = 0;
      for (String name : arrays.keySet()) {
        expected.add(name + single.get(i++));
      }
    }
    assertThat(lines(command)).hasSize(3 * 12 * SHAPES.length).isEqualTo(expected);
  }
}
