package ijen.check;

import ijen.graph.Role;
import ijen.plot.Digits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Guesses why a gradient is wrong, from its numbers and the right ones alone. Each guess is a
/// hypothesis that was tested: it predicts the wrong numbers.
final class Hypotheses {
  /// What one mistake would leave behind; null if that is not what is there.
  @FunctionalInterface
  interface Hypothesis extends Function<Evidence, @Nullable String> {}

  /// Those that are tested first.
  static final List<Hypothesis> PLAIN =
      List.of(
          Hypotheses::notANumber,
          Hypotheses::zero,
          Hypotheses::factor,
          PlaceHypotheses::transposed,
          PlaceHypotheses::shifted,
          Hypotheses::unmasked,
          PlaceHypotheses::place);

  /// Those that are tested when no formula for the op fits either.
  static final List<Hypothesis> STRANGE =
      List.of(
          Hypotheses::clipped,
          Hypotheses::signs,
          PlaceHypotheses::constantAlong,
          Hypotheses::sums,
          Hypotheses::offset,
          Hypotheses::decay,
          PlaceHypotheses::permuted,
          Hypotheses::rounded);

  private static final String ANY_FACTOR = "a constant factor";

  private Hypotheses() {}

  /// What is left to say where nothing fits.
  static String none(Evidence e) {
    double products = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < e.size(); i++) {
      if (e.known(i)) {
        products += e.suspect()[i] * e.right()[i];
        a += e.suspect()[i] * e.suspect()[i];
        b += e.right()[i] * e.right()[i];
      }
    }
    return "no known mistake looks like this; the cosine between the wrong and the right gradient"
        + " is "
        + Digits.significant(products / Math.sqrt(a * b), 2);
  }

  private static @Nullable String notANumber(Evidence e) {
    int count = 0;
    for (int i = 0; i < e.size(); i++) {
      count += Double.isFinite(e.right()[i]) && !Double.isFinite(e.suspect()[i]) ? 1 : 0;
    }
    return count == 0
        ? null
        : "NaN or ∞, though the loss is finite: a 0/0 or ∞·0 in the derivative, or memory that was"
            + " never written?";
  }

  private static @Nullable String zero(Evidence e) {
    for (double x : e.suspect()) {
      if (x != 0 && !Double.isNaN(x)) {
        return null;
      }
    }
    if (e.slot().role() == Role.BIAS) {
      return "zero everywhere: is the bias forgotten? Its gradient is the sum of the upstream"
          + " gradients over the samples";
    }
    return e.slot().role() == null
        ? "zero everywhere: is the gradient not handed on, the branch detached?"
        : "zero everywhere: is it forgotten, never written, or its branch detached?";
  }

  private static @Nullable String factor(Evidence e) {
    double factor = e.factor(e.right());
    if (Double.isNaN(factor) || Math.abs(factor - 1) < 1e-4) {
      return null;
    }
    String words = ofFactor(factor, e.counts());
    boolean any = words.endsWith(ANY_FACTOR); // one or two numbers have some factor in any case
    return any && e.size() < 3 ? null : words;
  }

  /// What a wrong factor may come from.
  static String ofFactor(double factor, Map<String, Integer> counts) {
    if (is(factor, -1)) {
      return "the wrong sign?";
    }
    String sign = factor < 0 ? "the wrong sign, and " : "";
    double size = Math.abs(factor);
    if (is(size, 2)) {
      return sign + "twice what it should be: counted twice, or a factor 2 too many?";
    }
    if (is(size, 0.5)) {
      return sign + "half of what it should be: a missing factor 2?";
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      int n = count.getValue();
      if (n > 1 && is(size, n)) {
        return "%s%s times too large: the sum where the mean belongs, over the %s %s? A 1/%s is missing"
            .formatted(sign, n, n, count.getKey(), n);
      }
      if (n > 1 && is(size, 1.0 / n)) {
        return "%s%s times too small: the mean where the sum belongs, over the %s %s? A 1/%s is too many"
            .formatted(sign, n, n, count.getKey(), n);
      }
    }
    return sign
        + Digits.significant(size, 6)
        + " times what it should be, all of it: "
        + ANY_FACTOR;
  }

  private static boolean is(double a, double b) {
    return Math.abs(a - b) <= 1e-4 * Math.abs(b);
  }

  private static @Nullable String unmasked(Evidence e) {
    int zeros = 0;
    int open = 0;
    for (int i = 0; i < e.size(); i++) {
      if (!e.known(i)) {
        continue;
      }
      boolean isZero = Math.abs(e.right()[i]) <= 10 * e.doubt()[i];
      if (isZero) {
        zeros++;
        open += e.isRight(i) ? 0 : 1;
      } else if (!e.isRight(i)) {
        return null;
      }
    }
    return zeros > 1 && open > 1 && open > 0.7 * zeros && open + 1 < e.size()
        ? "right, but not 0 where it should be: a mask is not applied?"
        : null;
  }

  private static @Nullable String clipped(Evidence e) {
    double limit = Arrays.stream(e.suspect()).map(Math::abs).max().orElse(0);
    int at = 0;
    for (int i = 0; i < e.size(); i++) {
      if (e.known(i)) {
        double clipped = Math.clamp(e.right()[i], -limit, limit);
        if (!e.isClose(e.suspect()[i], clipped, i)) {
          return null;
        }
        at += Math.abs(e.right()[i]) > limit * 1.0001 ? 1 : 0;
      }
    }
    return at > 1 ? "cut off at ±" + Digits.significant(limit, 3) + ": is it clipped?" : null;
  }

  private static @Nullable String signs(Evidence e) {
    int wrong = 0;
    int count = 0;
    boolean nonNegative = true;
    for (int i = 0; i < e.size(); i++) {
      if (e.known(i)) {
        if (!e.isClose(Math.abs(e.suspect()[i]), Math.abs(e.right()[i]), i)) {
          return null;
        }
        wrong += e.isRight(i) ? 0 : 1;
        nonNegative &= e.suspect()[i] >= 0;
        count++;
      }
    }
    return wrong == 0
        ? null
        : "the right sizes, but in %s of %s the wrong sign%s"
            .formatted(wrong, count, nonNegative ? ": absolute values are taken" : "");
  }

  /// Each number is the sum, or the mean, of the right ones along an axis.
  private static @Nullable String sums(Evidence e) {
    if (!e.complete()) {
      return null;
    }
    double total = Arrays.stream(e.right()).sum();
    double[] all = new double[e.size()];
    Arrays.fill(all, total);
    return e.size() > 2 && e.isExplainedBy(all)
        ? "every number is the sum of all the right ones: one sum too many?"
        : null;
  }

  private static @Nullable String offset(Evidence e) {
    double[] difference = difference(e);
    double mean = Arrays.stream(difference).filter(Double::isFinite).average().orElse(0);
    int count = 0;
    for (int i = 0; i < e.size(); i++) {
      if (Double.isFinite(difference[i])) {
        if (Math.abs(difference[i] - mean) > 1e-4 * Math.abs(mean) + 10 * e.doubt()[i]) {
          return null;
        }
        count++;
      }
    }
    return count < 3 || mean == 0
        ? null
        : "the constant " + Digits.significant(mean, 4) + " is added everywhere";
  }

  private static @Nullable String decay(Evidence e) {
    Evidence rest =
        new Evidence(e.slot(), difference(e), e.right(), e.doubt(), e.theta(), Map.of());
    double factor = rest.factor(e.theta());
    return Double.isNaN(factor)
        ? null
        : "%s·θ is added: weight decay that is not in the loss?"
            .formatted(Digits.significant(factor, 4));
  }

  private static double[] difference(Evidence e) {
    double[] difference = new double[e.size()];
    for (int i = 0; i < e.size(); i++) {
      difference[i] = e.known(i) ? e.suspect()[i] - e.right()[i] : Double.NaN;
    }
    return difference;
  }

  private static @Nullable String rounded(Evidence e) {
    double worst = 0;
    for (int i = 0; i < e.size(); i++) {
      if (e.known(i)) {
        double size = Math.max(Math.abs(e.suspect()[i]), Math.abs(e.right()[i]));
        worst = Math.max(worst, size == 0 ? 0 : Math.abs(e.suspect()[i] - e.right()[i]) / size);
      }
    }
    return worst < 1e-3
        ? "small and without a pattern: a part computed in float, or the exact derivative of what"
            + " is only an approximation?"
        : null;
  }
}
