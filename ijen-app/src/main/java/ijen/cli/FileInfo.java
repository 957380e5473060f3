package ijen.cli;

import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import ijen.format.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a file holds, by its kind.
final class FileInfo {
  private FileInfo() {}

  static Map<String, Object> of(Path file) throws IOException {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
        ? safetensors(file)
        : idx(file);
  }

  private static Map<String, Object> idx(Path file) throws IOException {
    Tensor array = IdxFile.read(file);
    DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    Arrays.stream(array.doubles()).forEach(values);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("format", "IDX");
    found.put("type", array.dtype().toString());
    found.put("shape", Arrays.toString(array.shape()));
    found.put("least", values.getMin());
    found.put("mean", values.getAverage());
    found.put("most", values.getMax());
    return found;
  }

  private static Map<String, Object> safetensors(Path file) throws IOException {
    try (Safetensors content = Safetensors.read(file)) {
      Map<String, Object> found = new LinkedHashMap<>();
      found.put("format", "safetensors");
      Map<String, Object> tensors = new LinkedHashMap<>();
      content
          .tensors()
          .forEach((name, tensor) ->
              tensors.put(name, tensor.dtype() + " " + Arrays.toString(tensor.shape())));
      found.put("tensors", tensors);
      found.put("metadata", content.metadata());
      return found;
    }
  }
}
