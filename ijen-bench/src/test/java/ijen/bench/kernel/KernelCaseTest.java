package ijen.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.bench.kernel.KernelCase.Call;
import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelCaseTest {
  /// The first case of every kernel, which is its smallest.
  static Stream<KernelCase> kernels() {
    Map<String, KernelCase> first = new LinkedHashMap<>();
    KernelCases.all().forEach(each -> first.putIfAbsent(each.group() + each.kernel(), each));
    return first.values().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aWrongNumberAnywhereIsFound(KernelCase kernel) {
    try (Workers workers = Workers.of(2)) {
      Call call = kernel.preparation().prepare(new Operands(Precision.FLOAT, workers));
      Call truth = kernel.preparation().prepare(new Operands(Precision.DOUBLE, workers));
      call.run().run();
      truth.run().run();
      kernel.verify(call.answers(), truth.answers());
      for (Buffer answer : call.answers()) {
        for (int at : new int[] {0, answer.length() / 3, answer.length() - 1}) {
          double right = answer.get(at);
          for (double wrong :
              new double[] {right + 0.01 * Math.max(1, Math.abs(right)), Double.NaN}) {
            answer.set(at, wrong);
            assertThatThrownBy(() -> kernel.verify(call.answers(), truth.answers()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(kernel.name() + ": number " + at + " of answer");
          }
          answer.set(at, right);
        }
      }
      kernel.verify(call.answers(), truth.answers());
    }
  }

  @Test
  void aWrongKernelIsNotTimed() {
    try (Workers one = Workers.of(1)) {
      assertThatThrownBy(() -> kernel(o -> doubling(o, 2.01)).verified(one))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("number 1 of answer 0 is 2.0")
          .hasMessageContaining("expected 2.0");
      assertThatCode(() -> kernel(o -> doubling(o, 2)).verified(one)).doesNotThrowAnyException();
    }
  }

  /// A kernel that the SIMD side computes with another factor.
  private static Call doubling(Operands o, double factor) {
    Buffer x = o.zeros(4);
    x.set(1, 1);
    double mine = o.precision() == Precision.FLOAT ? factor : 2;
    return Call.of(() -> o.kernels().scale(x, mine, x, 4), x);
  }

  private static KernelCase kernel(KernelCase.Preparation preparation) {
    return new KernelCase("g", "k", "4", Cost.none(), false, 1e-6, preparation);
  }

  @Test
  void anAnswerIsNeeded() {
    try (Workers one = Workers.of(1)) {
      assertThatThrownBy(() -> kernel(o -> Call.of(() -> {})).verified(one))
          .hasMessageContaining("expected answers to compare");
      assertThatThrownBy(() -> kernel(o -> Call.of(() -> {}, o.zeros(0))).verified(one))
          .hasMessageContaining("has 0 numbers");
    }
  }

  @Test
  void namesAreUniqueAndFindTheirCase() {
    List<KernelCase> all = KernelCases.all();
    assertThat(all).extracting(KernelCase::name).doesNotHaveDuplicates();
    for (KernelCase each : all) {
      assertThat(KernelCases.named(each.name()).shape()).isEqualTo(each.shape());
    }
    assertThatThrownBy(() -> KernelCases.named("products"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no case 'products'");
  }

  @Test
  void everyLayerHasItsPasses() {
    assertThat(KernelCases.all())
        .extracting(KernelCase::name)
        .contains(
            "products square 384x384x384",
            "products forward 16x784x40",
            "products dW 16x784x40",
            "products dX 16x40x40",
            "products dX 128x128x784")
        .doesNotContain("products dX 16x784x40"); // nobody wants the gradient of pixels
  }

  @Test
  void costsAreCountedByHand() {
    assertThat(KernelCases.named("products dW 16x784x40").cost())
        .isEqualTo(Cost.multiplyAdds(16 * 784 * 40));
    assertThat(KernelCases.named("products dW 16x784x40").cost().amount())
        .isEqualTo(2.0 * 16 * 784 * 40);
    assertThat(KernelCases.named("elements relu 1024").cost())
        .isEqualTo(Cost.copying(8 * 1024, 8 * 1024));
    assertThat(KernelCases.named("updates adam 1024").cost()) // θ, m, v both ways, and g
        .isEqualTo(Cost.updating(28 * 1024, 16 * 1024));
    assertThat(KernelCases.named("elements putBytes 1024").cost().amount()).isEqualTo(5 * 1024);
  }

  @Test
  void operandsDoNotDependOnPrecisionOrStorage() {
    try (Workers one = Workers.of(1)) {
      Buffer plain = new Operands(Precision.FLOAT, one).matrix(3, 5, false);
      Buffer turned = new Operands(Precision.DOUBLE, one).matrix(3, 5, true);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 5; j++) {
          assertThat(turned.get(j * 3 + i)).isEqualTo(plain.get(i * 5 + j));
        }
      }
    }
  }
}
