package ijen.check;

import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a [GradientCheck] found.
///
/// @param subject what was checked
/// @param loss the loss there
/// @param alarms what is wrong with the whole, in words
/// @param remarks what else there is to know
/// @param tensors each parameter and input
/// @param culprits the reports of those ops that are wrong by themselves
public record GradientReport(
    String subject,
    double loss,
    List<String> alarms,
    List<String> remarks,
    List<TensorCheck> tensors,
    List<GradientReport> culprits) {
  public GradientReport {
    alarms = List.copyOf(alarms);
    remarks = List.copyOf(remarks);
    tensors = List.copyOf(tensors);
    culprits = List.copyOf(culprits);
  }

  /// Whether nothing is wrong.
  public boolean healthy() {
    return alarms.isEmpty() && tensors.stream().noneMatch(TensorCheck::isWrong);
  }

  /// The verdict in one line.
  public String verdict() {
    if (!healthy()) {
      long wrong = tensors.stream().filter(TensorCheck::isWrong).count();
      return wrong == 0
          ? "wrong: " + alarms.getFirst()
          : "wrong: the gradient of " + wrong + " of " + tensors.size() + " tensors";
    }
    int compared = tensors.stream().mapToInt(TensorCheck::compared).sum();
    boolean any = tensors.stream().anyMatch(t -> t.verdict() == TensorCheck.Verdict.RIGHT);
    return any
        ? "right: the gradient agrees with differences of the loss in all "
            + Digits.count(compared)
            + " numbers compared"
        : "undecided: no difference of the loss is large enough to tell";
  }

  /// What is wrong, a sentence each: the whole, each tensor, then the ops at fault.
  public List<String> complaints() {
    List<String> all = new ArrayList<>(alarms);
    tensors.stream()
        .filter(TensorCheck::isWrong)
        .forEach(tensor -> all.add(tensor.name() + ", " + tensor.words()));
    for (GradientReport culprit : culprits) {
      culprit.complaints().forEach(c -> all.add("by itself, " + culprit.subject() + ": " + c));
    }
    return all;
  }

  /// All of it, for people.
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(subject + ": " + verdict());
    String row = "  %-24s %-14s %8s %12s %12s  %s";
    lines.add(
        row.formatted("tensor", "shape", "compared", "abs. error", "rel. error", "verdict")
            .stripTrailing());
    for (TensorCheck tensor : tensors) {
      lines.add(
          row.formatted(
              tensor.name(),
              tensor.shape(),
              tensor.compared(),
              Digits.significant(tensor.absoluteError(), 2),
              Digits.significant(tensor.relativeError(), 2),
              tensor.words()));
    }
    complaints().forEach(complaint -> lines.add("wrong: " + complaint));
    remarks.forEach(remark -> lines.add("note: " + remark));
    return String.join("\n", lines) + "\n";
  }

  /// For programs.
  public Map<String, Object> describe() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("subject", subject);
    object.put("healthy", healthy());
    object.put("verdict", verdict());
    object.put("loss", loss);
    object.put("complaints", complaints());
    object.put("remarks", remarks);
    object.put("tensors", tensors.stream().map(TensorCheck::describe).toList());
    object.put("culprits", culprits.stream().map(GradientReport::describe).toList());
    return object;
  }

  /// The same with more to say of it.
  GradientReport with(List<String> moreAlarms, List<GradientReport> culprits) {
    List<String> all = Stream.concat(alarms.stream(), moreAlarms.stream()).toList();
    return new GradientReport(subject, loss, all, remarks, tensors, culprits);
  }
}
