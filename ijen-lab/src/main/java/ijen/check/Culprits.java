package ijen.check;

import ijen.graph.Form;
import ijen.graph.GraphObjective;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Op;
import ijen.graph.Parameter;
import ijen.graph.Statistic;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToDoubleFunction;

/// Finds the op at fault: each op of a graph is checked by itself, on the numbers that it gets
/// there. If all are right alone, what they promise about memory and fusion is tried.
final class Culprits {
  private static final int MOST = 4;
  private static final int ENTRIES = 64;
  private static final String PROMISE =
      "the gradient is right as soon as ops are not fused, do not work in place and keep all their"
          + " memory: an op makes a wrong promise in backwardReadsInput, backwardReadsOutput,"
          + " inPlace or fuse";

  private Culprits() {}

  /// The report with what was found.
  static GradientReport of(Subject subject, GradientReport report, CheckSettings settings) {
    Traced traced = subject.traced();
    if (traced == null) {
      return report;
    }
    List<GradientReport> wrong =
        subject.op() == null ? wrongAlone(subject, traced, settings) : List.of();
    boolean promises = wrong.isEmpty() && isRightCarefully(subject, traced, settings);
    return report.with(promises ? List.of(PROMISE) : List.of(), wrong);
  }

  private static List<GradientReport> wrongAlone(
      Subject subject, Traced traced, CheckSettings settings) {
    List<Node> results =
        traced.graph().nodes().stream()
            .filter(node -> node.source() instanceof Source.Result)
            .filter(node -> !node.equals(traced.loss()))
            .toList();
    GraphObjective objective = traced.objective(Kernels.reference(), results.toArray(Node[]::new));
    objective.value(subject.theta(), subject.batch());
    Set<List<Object>> seen = new HashSet<>();
    List<GradientReport> wrong = new ArrayList<>();
    CheckSettings alone = settings.withRows(subject.batch().rows()).withEntries(ENTRIES);
    Set<Node> active = active(traced);
    for (Node node : traced.graph().nodes()) {
      if (node.source() instanceof Source.Result(Op op, List<Node> inputs) && wrong.size() < MOST) {
        List<Form> forms = inputs.stream().map(Node::form).toList();
        if (!seen.add(List.of(op, forms))) {
          continue; // the same op on the same shapes was looked at already
        }
        List<LongToDoubleFunction> numbers = new ArrayList<>();
        for (Node input : inputs) {
          double[] values = values(subject, objective, input);
          numbers.add(i -> values[(int) i]);
        }
        String title = "op '" + op.name() + "' of '" + node.name() + "'";
        List<Boolean> varied = inputs.stream().map(active::contains).toList();
        Subject bench = OpSubject.of(title, op, forms, varied, numbers, alone);
        GradientReport one = new Examination(bench, alone).report(false);
        if (!one.healthy()) {
          wrong.add(Culprits.of(bench, one, alone));
        }
      }
    }
    return wrong;
  }

  /// The nodes that depend differentiably on θ.
  private static Set<Node> active(Traced traced) {
    Set<Node> active = new HashSet<>();
    for (Node node : traced.graph().nodes()) {
      switch (node.source()) {
        case Source.Input _, Source.Running _ -> {}
        case Source.Slice _ -> active.add(node);
        case Source.Result(Op op, List<Node> inputs) -> {
          for (int j = 0; j < inputs.size(); j++) {
            if (active.contains(inputs.get(j)) && op.differentiable(j)) {
              active.add(node);
            }
          }
        }
      }
    }
    return active;
  }

  /// What a node's value is in the whole.
  private static double[] values(Subject subject, GraphObjective objective, Node node) {
    Buffer values =
        switch (node.source()) {
          case Source.Input(int index) -> subject.batch().input(index);
          case Source.Slice(Parameter parameter) -> subject.theta().slice(parameter);
          case Source.Running(Statistic statistic) -> subject.theta().slice(statistic);
          case Source.Result _ -> objective.watched(node);
        };
    return values.toDoubles();
  }

  private static boolean isRightCarefully(Subject subject, Traced traced, CheckSettings settings) {
    GraphCopy copy = GraphCopy.of(traced.graph(), Careful::new);
    Node loss = copy.nodes().get(traced.loss().id());
    Traced careful =
        new Traced(
            copy.graph(), loss, traced.rows(), traced.mode(), traced.reduction(), traced.seed());
    Subject again =
        new Subject(
            subject.title(),
            careful.objective(Kernels.reference()),
            copy.theta(subject.theta()),
            subject.batch(),
            subject.slots(),
            subject.counts(),
            careful,
            null);
    return new Examination(again, settings).report(false).healthy();
  }
}
