package ijen.check;

import ijen.check.Hypotheses.Hypothesis;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Theta;
import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts into words what is wrong with a tensor, and what the numbers say about why.
final class Explanation {
  private final Subject subject;
  private final List<Work> all;
  private final Theta elsewhere;

  Explanation(Subject subject, List<Work> all, Theta elsewhere) {
    this.subject = subject;
    this.all = all;
    this.elsewhere = elsewhere;
  }

  /// For example: `error 0.5 everywhere: half of what it should be: a missing factor 2?`
  String words(Work work) {
    List<String> parts = new ArrayList<>();
    if (work.wrong > 0) {
      parts.add(extent(work) + ": " + why(work));
    }
    parts.addAll(work.wrong > 0 ? List.of() : work.causes);
    if (work.forwardWrong > 0) {
      Evidence forward = evidence(work, work.forward);
      String guess = guess(forward);
      parts.add(
          (work.wrong > 0 ? "and forward mode is wrong too: " : "forward mode (tangent) is wrong: ")
              + (guess == null ? Hypotheses.none(forward) : guess));
    }
    return String.join("; ", parts);
  }

  private static String extent(Work work) {
    if (Double.isNaN(work.mostWrong)) {
      return "not a number";
    }
    boolean all = work.wrong == work.compared;
    boolean even = work.mostWrong - work.leastWrong < 1e-3 * work.mostWrong;
    return all && even
        ? "error " + Digits.brief(work.mostWrong, 3) + " everywhere"
        : all
            ? "error %s to %s in all numbers compared"
                .formatted(Digits.brief(work.leastWrong, 2), Digits.brief(work.mostWrong, 2))
            : "error up to %s in %s of %s numbers compared"
                .formatted(Digits.brief(work.mostWrong, 2), work.wrong, work.compared);
  }

  private String why(Work work) {
    Evidence evidence = evidence(work, work.reverse);
    List<String> found = new ArrayList<>(work.causes);
    if (found.isEmpty()) {
      add(found, kept(work, evidence));
    }
    if (found.isEmpty()) {
      add(found, guess(evidence));
    }
    if (found.isEmpty()) {
      add(found, samples(work, evidence));
    }
    return found.isEmpty() ? Hypotheses.none(evidence) : found.getFirst();
  }

  private @Nullable String guess(Evidence evidence) {
    String swapped = swapped(evidence);
    if (swapped != null) {
      return swapped;
    }
    List<Hypothesis> all = new ArrayList<>(Hypotheses.PLAIN);
    all.add(e -> OpHypotheses.test(subject, e));
    all.addAll(Hypotheses.STRANGE);
    for (Hypothesis hypothesis : all) {
      String words = hypothesis.apply(evidence);
      if (words != null) {
        return words;
      }
    }
    return null;
  }

  private static void add(List<String> found, @Nullable String words) {
    if (words != null) {
      found.add(words);
    }
  }

  private Evidence evidence(Work work, double[] suspect) {
    return new Evidence(work.slot, suspect, work.numeric, work.doubt, work.theta, subject.counts());
  }

  /// Whether it is the gradient of another tensor.
  private @Nullable String swapped(Evidence evidence) {
    for (Work other : all) {
      if (!other.slot.name().equals(evidence.slot().name())
          && other.slot.size() == evidence.size()
          && other.slot.size() > 1
          && other.isWrong()
          && evidence.isExplainedBy(other.numeric)) {
        return "it is the gradient of " + other.slot.name() + ": are the two swapped?";
      }
    }
    return null;
  }

  /// Whether it is the gradient at the point of an earlier call.
  private @Nullable String kept(Work work, Evidence evidence) {
    if (work.slot.size() > 1024) {
      return null;
    }
    Differences there = new Differences(subject.objective(), elsewhere, subject.batch());
    double[] prediction = new double[evidence.size()];
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] =
          evidence.known(i) ? there.near(work.slot, i, work.scale, work.step).value() : Double.NaN;
    }
    return evidence.isExplainedBy(prediction)
        ? "it is the gradient at the point of an earlier call: is something stale kept from there?"
        : null;
  }

  /// Whether only some samples count.
  private @Nullable String samples(Work work, Evidence evidence) {
    int rows = subject.batch().rows();
    if (work.slot.role() == null || work.slot.size() > 1024 || rows < 2) {
      return null;
    }
    double[] first = ofSample(work, evidence, 0);
    double[] last = ofSample(work, evidence, rows - 1);
    if (!Double.isNaN(evidence.factor(first))) {
      return "the first sample alone: the sum over the samples is missing?";
    }
    if (!Double.isNaN(evidence.factor(last))) {
      return "the last sample alone: is each sample written over the one before?";
    }
    return null;
  }

  private double[] ofSample(Work work, Evidence evidence, int row) {
    Batch batch = subject.batch();
    List<Form> forms = IntStream.range(0, batch.inputs()).mapToObj(batch::form).toList();
    Batch one = new Batch(ijen.kernel.Precision.DOUBLE, 1, forms);
    for (int i = 0; i < batch.inputs(); i++) {
      int size = batch.form(i).shape().size();
      one.input(i).put(0, batch.input(i), row * size, size);
    }
    one.begin(1, batch.step());
    Differences alone = new Differences(subject.objective(), subject.theta(), one);
    double[] slopes = new double[evidence.size()];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] =
          evidence.known(i) ? alone.near(work.slot, i, work.scale, work.step).value() : Double.NaN;
    }
    return slopes;
  }
}
