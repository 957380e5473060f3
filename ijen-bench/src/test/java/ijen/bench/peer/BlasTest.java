package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlasTest {
  private static Participant numpy(double product, String... libraries) {
    return new Participant(
        Library.NUMPY, "1.24", List.of("python3"), Map.of(), List.of(libraries), product);
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3, OpenBLAS",
    "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so, OpenBLAS",
    "/p/numpy.libs/libscipy_openblas64_-fdde5778.so, OpenBLAS",
    "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0, reference BLAS",
    "/opt/intel/libmkl_rt.so.2, MKL",
    "/usr/lib/x86_64-linux-gnu/blis-pthread/libblas.so.4, BLIS",
    "/usr/lib/atlas/libblas.so.3, ATLAS",
    "/home/u/pytorch/libtorch_cpu.so, built in",
  })
  void isKnownByItsFile(String file, String name) {
    assertThat(Blas.name(List.of(file))).isEqualTo(name);
  }

  /// As seen of a NumPy on Debian whose linear algebra beside the products is OpenBLAS's.
  @Test
  void libblasDecides() {
    String openblas = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so";
    String reference = "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0";
    assertThat(Blas.name(List.of(openblas, reference))).isEqualTo("reference BLAS");
    assertThat(Blas.name(List.of(reference, openblas))).isEqualTo("reference BLAS");
  }

  @Test
  void aSlowOneIsWarnedOf() {
    String reference = "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0";
    assertThat(Blas.warning(numpy(3.2, reference), 100))
        .hasValueSatisfying(text ->
            assertThat(text)
                .startsWith(
                    "NumPy 1.24 multiplies matrices slowly (reference BLAS, 3.2 GFLOP/s of the 100")
                .contains("libopenblas0-pthread"));
    assertThat(Blas.warning(numpy(0, reference), 100)).isPresent();
    assertThat(Blas.warning(numpy(9, "/opt/libtorch_cpu.so"), 100)).isPresent();
    assertThat(Blas.warning(numpy(80, "/x/libopenblas.so.0"), 100)).isEmpty();
    assertThat(Blas.warning(numpy(0, "/x/libopenblas.so.0"), 100)).isEmpty();
  }

  @Test
  void passiveWaitingIsTriedWhereThereIsOpenMp() {
    Setting one = new Setting(1, false);
    Setting all = new Setting(4, false);
    assertThat(numpy(1, "/x/libopenblas.so.0").settings(4)).containsExactly(one, all);
    assertThat(numpy(1, "/x/libgomp-98b21ff3.so.1").settings(4))
        .containsExactly(one, all, new Setting(4, true));
    assertThat(numpy(1, "/x/libgomp.so.1").settings(1)).containsExactly(one);
    assertThat(new Setting(4, true).environment())
        .containsEntry("OMP_NUM_THREADS", "4")
        .containsEntry("OPENBLAS_NUM_THREADS", "4")
        .containsEntry("OMP_WAIT_POLICY", "PASSIVE");
    assertThat(one.environment()).containsEntry("OMP_WAIT_POLICY", "");
  }
}
