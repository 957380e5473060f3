package ijen.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every layer, written, under the eyes of the format's own checker.
class OnnxCheckerTest {
  private static final String CHECK =
      """
      import sys, onnx
      for path in sys.argv[1:]:
          model = onnx.load(path)
          onnx.checker.check_model(model, full_check=True)
          inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
          first = inferred.graph.output[0].type.tensor_type.shape.dim[0]
          assert first.dim_param == "batch", (path, first)
          print("checked", path)
      """;

  @Test
  void everyFileIsValid(@TempDir Path folder) throws Exception {
    Optional<String> python = PythonTool.having("onnx");
    assumeTrue(python.isPresent(), "files are checked by Python's onnx only where it is installed");
    List<Path> files = new ArrayList<>();
    for (LayerCases.Case one : LayerCases.all()) {
      Path file = folder.resolve("case" + files.size() + ".onnx");
      Onnx.write(OnnxLayersTest.model(one), file);
      files.add(file);
    }
    PythonTool.Ended ended = PythonTool.run(python.get(), CHECK, files);
    assertThat(ended.output().lines().filter(line -> line.startsWith("checked")))
        .as(ended.output())
        .hasSameSizeAs(files);
    assertThat(ended.code()).as(ended.output()).isZero();
  }
}
