package ijen.cli;

import ijen.format.idx.IdxArray;
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
    IdxArray array = IdxFile.read(file);
    DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    for (int i = 0; i < array.size(); i++) {
      values.accept(array.get(i));
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("format", "IDX");
    found.put("type", array.type().toString());
    found.put("shape", array.shape().toString());
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
