package ijen.bench.report;

import static ijen.bench.report.Figures.decimals;
import static ijen.bench.report.Figures.perSecond;
import static ijen.bench.report.Figures.percent;
import static ijen.bench.report.Figures.three;
import static ijen.bench.report.Figures.withRange;

import ijen.bench.peer.Answer;
import ijen.bench.peer.Blas;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Participants.Absent;
import ijen.bench.peer.Spread;
import ijen.bench.report.Results.Evaluation;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// [Results] as tables in Markdown.
public final class BenchReport {
  private final Results results;
  private final List<String> problems;

  public BenchReport(Results results) {
    this.results = results;
    this.problems = Learning.problems(results);
  }

  /// What makes the whole doubtful: a participant that failed, or has not learnt what the others
  /// have.
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    results.failures().forEach(failure -> all.add(failure.toString()));
    LoadingTimes loading = results.loading();
    if (loading != null) {
      all.addAll(loading.problems());
    }
    return all;
  }

  /// What makes figures less trustworthy without making them wrong.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    double peak = results.machine().gigaflops(1);
    for (Participant participant : results.participants()) {
      Blas.warning(participant, peak).ifPresent(warnings::add);
    }
    for (Absent absent : results.absent()) {
      warnings.add(absent.library().title() + " is not installed: " + absent.why());
    }
    if (results.foreign() > Entry.BUSY) {
      warnings.add(
          "The machine's limits are higher than measured: other processes took "
              + percent(results.foreign())
              + " of the processors' time at best.");
    }
    if (results.workloads().stream()
        .flatMap(workload -> results.entries(workload).stream())
        .anyMatch(Entry::isBusy)) {
      warnings.add(
          "Figures with a star were measured while other processes took more than "
              + percent(Entry.BUSY)
              + " of the processors' time.");
    }
    return warnings;
  }

  /// The whole.
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("```text\n")
        .append(results.environment().getOrDefault("captured", ""))
        .append('\n')
        .append(results.machine().text())
        .append("```\n");
    section(text, "Training: seconds for an epoch", comparison());
    list(text, "Problems", problems());
    list(text, "Warnings", warnings());
    section(text, "Every participant and setting", everything());
    if (!results.evaluations().isEmpty()) {
      section(
          text,
          "Evaluating %,d test images of network D".formatted(results.data().test()),
          evaluations());
    }
    coldStart().ifPresent(table -> section(text, "Cold start", table));
    LoadingTimes loading = results.loading();
    if (loading != null) {
      text.append("\n### Loading\n\n").append(loading.markdown());
    }
    section(text, "Memory of Ijen", memory());
    section(text, "Participants", participants());
    return text.toString();
  }

  private static void section(StringBuilder text, String title, Grid table) {
    text.append("\n### ").append(title).append("\n\n").append(table);
  }

  private static void list(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("\n**").append(title).append("**\n\n");
      lines.forEach(line -> text.append("- ").append(line).append('\n'));
    }
  }

  private Grid comparison() {
    Grid table =
        new Grid(
            "",
            "network",
            ">Ijen",
            "threads",
            ">images/s",
            "best peer",
            "its threads",
            ">its time",
            ">ratio",
            ">floor",
            "held",
            ">arithmetic alone",
            ">of Ijen's time");
    for (Workload workload : results.workloads()) {
      Optional<Entry> ijen = results.best(workload, Library.IJEN);
      Optional<Entry> peer = results.bestPeer(workload);
      double ratio =
          ijen.isEmpty() || peer.isEmpty()
              ? Double.NaN
              : peer.get().seconds().median() / ijen.get().seconds().median();
      double alone =
          ijen.map(entry -> results.arithmeticAlone(workload, entry.setting().threads()))
              .orElse(Double.NaN);
      table.row(
          workload + (isMarked(workload) ? " (!)" : ""),
          workload.text(results.data().width(), results.data().classes()),
          ijen.map(BenchReport::time).orElse("failed"),
          ijen.map(entry -> String.valueOf(entry.setting().threads())).orElse(""),
          ijen.map(entry -> perSecond(results.data().train(), entry.seconds().median())).orElse(""),
          peer.map(entry -> title(entry.library())).orElse("none"),
          peer.map(entry -> entry.setting().toString()).orElse(""),
          peer.map(BenchReport::time).orElse(""),
          Double.isNaN(ratio) ? "" : three(ratio) + "×",
          three(workload.floor()) + "×",
          Double.isNaN(ratio) ? "" : ratio >= workload.floor() ? "yes" : "no",
          Double.isNaN(alone) ? "" : three(alone),
          ijen.map(entry -> percent(alone / entry.seconds().median())).orElse(""));
    }
    return table;
  }

  private boolean isMarked(Workload workload) {
    return problems().stream().anyMatch(problem -> problem.startsWith(workload + ":"));
  }

  private static String time(Entry entry) {
    return withRange(entry.seconds()) + (entry.isBusy() ? "*" : "");
  }

  private String title(Library library) {
    return results.participants().stream()
        .filter(participant -> participant.library() == library)
        .findFirst()
        .map(Participant::title)
        .orElse(library.title());
  }

  private Grid everything() {
    Grid table =
        new Grid(
            "",
            "participant",
            "setting",
            ">epoch",
            ">first epoch",
            ">times Ijen's",
            ">last loss",
            ">test",
            ">others' CPU",
            ">runs",
            "remark");
    for (Workload workload : results.workloads()) {
      double own =
          results
              .best(workload, Library.IJEN)
              .map(entry -> entry.seconds().median())
              .orElse(Double.NaN);
      for (Entry entry : results.entries(workload)) {
        table.row(
            workload.name(),
            title(entry.library()),
            entry.setting().toString(),
            time(entry),
            three(entry.firstEpoch().median()),
            Double.isNaN(own) ? "" : three(entry.seconds().median() / own),
            Double.isNaN(entry.loss()) ? "" : decimals(4, entry.loss()),
            decimals(4, entry.test()),
            percent(entry.foreign()),
            String.valueOf(entry.runs().size()),
            remark(entry));
      }
    }
    return table;
  }

  private String remark(Entry entry) {
    List<String> remarks = new ArrayList<>();
    if (entry.library() != Library.IJEN && entry.runs().size() < results.repetitions()) {
      remarks.add("not repeated: far from the best in the first repetition");
    }
    entry.library().remark(entry.workload()).ifPresent(remarks::add);
    return String.join("; ", remarks);
  }

  private Grid evaluations() {
    Map<Library, Evaluation> evaluations = results.evaluations();
    Grid table =
        new Grid("participant", "setting", "how", ">seconds", ">images/s", ">times Ijen's");
    Evaluation own = evaluations.get(Library.IJEN);
    evaluations.forEach((library, evaluation) -> {
      Spread seconds = evaluation.seconds();
      table.row(
          title(library),
          evaluation.setting().toString(),
          evaluation.how(),
          withRange(seconds),
          perSecond(results.data().test(), seconds.median()),
          own == null ? "" : three(seconds.median() / own.seconds().median()));
    });
    return table;
  }

  private Optional<Grid> coldStart() {
    Results.ColdStart cold = results.cold();
    if (cold == null) {
      return Optional.empty();
    }
    Grid table = new Grid("from the start of", "until", ">seconds");
    table.row("`./ijen --help`", "its end", withRange(Spread.of(cold.help())));
    table.row(
        "`./ijen train --data fashion-mnist`",
        "all files are read and a first step, with an evaluation, has been told",
        withRange(Spread.of(cold.train())));
    return Optional.of(table);
  }

  private Grid memory() {
    Grid table =
        new Grid(
            "",
            "setting",
            ">bytes allocated a step, last epoch",
            ">heap before, MB",
            ">heap after, MB");
    for (Workload workload : results.workloads()) {
      for (Entry entry : results.entries(workload)) {
        Answer.Memory memory = entry.runs().getLast().answer().memory();
        if (entry.library() == Library.IJEN && memory != null) {
          table.row(
              workload.name(),
              entry.setting().toString(),
              decimals(1, memory.bytesPerStep()),
              decimals(2, memory.heapBefore() * 1e-6),
              decimals(2, memory.heapAfter() * 1e-6));
        }
      }
    }
    return table;
  }

  private Grid participants() {
    Grid table = new Grid("participant", "products of matrices by", ">512³ product, GFLOP/s");
    for (Participant participant : results.participants()) {
      boolean own = participant.library() == Library.IJEN;
      table.row(
          participant.title(),
          own ? "itself" : Blas.name(participant.libraries()),
          participant.product() == 0 ? "" : decimals(0, participant.product()));
    }
    return table;
  }
}
