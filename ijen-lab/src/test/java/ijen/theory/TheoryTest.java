package ijen.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.nn.Initializers;
import ijen.op.Sigmoid;
import ijen.random.RandomStream;
import ijen.theory.Initialisation.Start;
import ijen.theory.OpGradients.Case;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That the statements hold is held by `TheoryPagesTest`, which measures all of them; here: that
/// mistakes are caught, and by which measurement.
class TheoryTest {
  private static final long SEED = Long.getLong("ijen.seed", 20260301);
  private static final Samples SAMPLES = Samples.of(digits(300), 200, SEED);

  private static ijen.data.Dataset digits(int count) {
    return Datasets.open("digits", Options.defaults().withTrainSize(count).withTestSize(1)).train();
  }

  private static List<String> failing(Statement statement) {
    assertThat(statement.holds()).as("seed %d", SEED).isFalse();
    return statement.measurements().stream()
        .filter(m -> !m.holds())
        .map(Measurement::claim)
        .toList();
  }

  /// Another seed and fewer samples than the pages are made with.
  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"INITIALISATION"},
      mode = EnumSource.Mode.EXCLUDE)
  void holdsWithAnotherSeed(Topic topic) {
    Statement statement =
        new Theory(digits(150), List.of(topic), SEED).measure().statements().getFirst();
    assertThat(statement.measurements())
        .as("seed %d", SEED)
        .hasSizeGreaterThan(4)
        .allMatch(Measurement::holds);
    assertThat(statement.holds()).isTrue();
  }

  @Test
  void aForgottenTransposeIsCaught() {
    var wrong =
        new ReluNorm.Rule() {
          @Override
          public double[] byInput(double[] w, double[] x, int m) {
            double[] delta = ReluNorm.delta(w, x, m); // 2a∘1[z > 0] alone, as far as it goes
            return java.util.Arrays.copyOf(delta, x.length);
          }

          @Override
          public double[] byWeight(double[] w, double[] x, int m) {
            return new ReluNorm.Formulas().byWeight(w, x, m);
          }
        };
    assertThat(failing(ReluNorm.measure(SAMPLES, SEED, wrong)))
        .contains("∇ₓf is the engine's", "∇ₓf is the slope of f")
        .doesNotContain("∇_W f is the engine's", "∇_W f is the slope of f");
  }

  @Test
  void theDiagonalAloneIsNoJacobian() {
    var wrong =
        new SoftmaxGradients.Rule() {
          @Override
          public double[] jacobian(double[] a) {
            double[] jacobian = new double[a.length * a.length];
            for (int i = 0; i < a.length; i++) {
              jacobian[i * a.length + i] = a[i] * (1 - a[i]);
            }
            return jacobian;
          }

          @Override
          public double[] delta(double[] a, double[] y) {
            return new SoftmaxGradients.Formulas().delta(a, y);
          }
        };
    assertThat(failing(SoftmaxGradients.measure(SAMPLES, SEED, wrong)))
        .containsExactly(
            "∂a/∂s is the slope of a",
            "∂a/∂s is the engine's",
            "rows of ∂a/∂s sum to 0",
            "(∂a/∂s)ᵀ·∂C/∂a = a − y");
  }

  @Test
  void aLikelihoodGradientOfTheWrongSignIsCaught() {
    LogLikelihood.Rule wrong =
        (samples, count, w) -> {
          double[] gradient = LogLikelihood.gradient(samples, count, w);
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -gradient[i];
          }
          return gradient;
        };
    assertThat(failing(LogLikelihood.measure(SAMPLES, SEED, wrong)))
        .hasSize(3)
        .allMatch(claim -> claim.startsWith("∂ℓ/∂w") || claim.startsWith("∂ℓ/∂W"));
  }

  @Test
  void aHessianOfTheWrongScaleIsCaught() {
    var right = new HalfLogistic.Formulas();
    var wrong =
        new HalfLogistic.Rule() {
          @Override
          public double[] hessian(Samples samples, double[] w) {
            double[] hessian = right.hessian(samples, w);
            for (int i = 0; i < hessian.length; i++) {
              hessian[i] /= 2;
            }
            return hessian;
          }

          @Override
          public double bound(Samples samples) {
            return right.bound(samples);
          }
        };
    assertThat(failing(HalfLogisticHessian.measure(SAMPLES, SEED, wrong)))
        .hasSize(2)
        .allMatch(claim -> claim.startsWith("H·v is the slope of ∇L"));
  }

  @Test
  void aHessianThatIsNotDefiniteAndABoundThatIsTooLowAreCaught() {
    var right = new HalfLogistic.Formulas();
    var wrong =
        new HalfLogistic.Rule() {
          @Override
          public double[] hessian(Samples samples, double[] w) {
            double[] hessian = right.hessian(samples, w);
            hessian[0] -= 1e-9; // an empty pixel, whose curvature is 0
            return hessian;
          }

          @Override
          public double bound(Samples samples) {
            return right.bound(samples) / 10;
          }
        };
    assertThat(failing(HalfLogisticHessian.measure(SAMPLES, SEED, wrong)))
        .anyMatch(claim -> claim.startsWith("H is positive semi-definite"))
        .anyMatch(claim -> claim.startsWith("H ≤ ¼"));
  }

  @Test
  void aWrongPredictionOfTheVarianceIsCaught() {
    // As if ReLU kept all of the variance.
    Start wrong = new Start("wrong", Initializers.he(), 1.0 / Initialisation.WIDTH);
    assertThat(failing(Initialisation.measure(SAMPLES, SEED, List.of(wrong))))
        .hasSize(2)
        .allMatch(claim -> claim.startsWith("wrong: "));
  }

  @Test
  void anOpWithAWrongRuleIsCaught() {
    Case right = OpGradients.cases().get(3);
    assertThat(right.op()).isInstanceOf(Sigmoid.class);
    Case wrong = new Case("a sigmoid without its 1 − y", new HalfSigmoid(), right.arguments());
    assertThat(failing(OpGradients.measure(SAMPLES, SEED, List.of(right, wrong))))
        .containsExactly(wrong.label());
  }

  private record HalfSigmoid() implements Op {
    @Override
    public String name() {
      return "halfSigmoid";
    }

    @Override
    public Form infer(List<Form> inputs) {
      return inputs.getFirst();
    }

    @Override
    public void forward(Frame frame) {
      new Sigmoid().forward(frame);
    }

    @Override
    public void backward(Frame frame) {
      for (int i = 0; i < frame.count(); i++) {
        frame.inputGradient(0).set(i, frame.gradient().get(i) * frame.output().get(i));
      }
    }

    @Override
    public void tangent(Frame frame) {
      new Sigmoid().tangent(frame);
    }
  }

  /// An op that is not tried yet has to be added to the list.
  @Test
  void everyOpIsTried() throws Exception {
    Path engine = Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> ops;
    try (ModuleReader reader = ModuleFinder.of(engine).findAll().iterator().next().open();
        Stream<String> files = reader.list()) {
      ops =
          files
              .filter(name -> name.matches("ijen/op/\\w+\\.class"))
              .map(name -> name.replace(".class", "").replace('/', '.'))
              .filter(TheoryTest::isOp)
              .sorted()
              .toList();
    }
    assertThat(ops).hasSizeGreaterThan(30);
    assertThat(
            OpGradients.cases().stream().map(c -> c.op().getClass().getName()).distinct().sorted())
        .containsExactlyElementsOf(ops);
  }

  private static boolean isOp(String name) {
    try {
      Class<?> type = Class.forName(name);
      return Op.class.isAssignableFrom(type) && !type.isInterface();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// Against matrices whose eigenvalues are known: 2 − 2cos(kπ/(n + 1)), turned by a reflection.
  @Test
  void eigenvaluesAreFound() {
    int n = 12;
    double[] v = new double[n];
    RandomStream random = RandomStream.of(SEED, "v", 0);
    for (int i = 0; i < n; i++) {
      v[i] = random.normal(i);
    }
    double norm = Vectors.norm(v);
    double[] turned = new double[n * n]; // H·A·H with H = I − 2vvᵀ/‖v‖²
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          for (int l = Math.max(0, k - 1); l <= Math.min(n - 1, k + 1); l++) {
            double a = k == l ? 2 : -1;
            turned[i * n + j] += reflection(v, norm, i, k) * a * reflection(v, norm, l, j);
          }
        }
      }
    }
    Eigenvalues eigenvalues = Eigenvalues.of(turned, n);
    for (int k = 0; k < n; k++) {
      double expected = 2 - 2 * StrictMath.cos((k + 1) * Math.PI / (n + 1));
      assertThat(eigenvalues.get(k)).as("seed %d", SEED).isCloseTo(expected, within(1e-13));
    }
    assertThat(Eigenvalues.of(new double[9], 3).largest()).isEqualTo(0, within(1e-300));
    Eigenvalues diagonal = Eigenvalues.of(new double[] {3, 0, 0, -2}, 2);
    assertThat(diagonal.smallest()).isCloseTo(-2, within(1e-15));
    assertThat(diagonal.largest()).isCloseTo(3, within(1e-15));
  }

  private static double reflection(double[] v, double norm, int i, int j) {
    return (i == j ? 1 : 0) - 2 * v[i] * v[j] / (norm * norm);
  }

  @Test
  void whatIsNoNumberDoesNotHold() {
    assertThat(Measurement.within("a", "b", Double.NaN, 1).holds()).isFalse();
    assertThat(Measurement.apart("a", "b", Double.NaN, 1).holds()).isFalse();
    assertThat(Measurement.apart("a", "b", 2, 1).toleranceText()).isEqualTo("≥ 1");
    assertThat(new Statement(Topic.SOFTMAX, List.of(), List.of(), "", List.of(), List.of()).holds())
        .isFalse();
  }

  @Test
  void onlyImagesAreTaken() {
    assertThatThrownBy(() -> Theory.of(Datasets.open("moons").train()))
        .hasMessageContaining("expected images with classes, such as digits or mnist, got moons");
    assertThatThrownBy(() -> Theory.of(digits(20)))
        .hasMessageContaining("expected 100 or more samples, got 20");
    assertThatThrownBy(() -> Topic.of("g"))
        .hasMessage("no statement is called 'g': expected a, b, c, d, e, f");
  }
}
