package ijen.cli;

import ijen.metric.Replicates;
import ijen.metric.Score;
import ijen.recipe.Expectation;
import ijen.recipe.Study;
import ijen.recipe.Variant;
import ijen.report.Numbers;
import ijen.run.RunResult;
import ijen.study.Judgement;
import ijen.study.SeedRun;
import ijen.study.StudyResult;
import ijen.study.StudyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A study for people: what is asked, a line for each training when it ends, and what came out
/// beside what was published.
final class StudyText implements StudyOutput {
  private static final String ERASE = "\r\u001b[K";
  private static final int GREEN = 32;
  private static final int RED = 31;

  private final Terminal terminal;
  private final StudyRun run;
  private final TimeLeft left;
  private final int nameWidth;

  StudyText(Terminal terminal, StudyRun run) {
    this.terminal = terminal;
    this.run = run;
    this.left = new TimeLeft(run.study(), run.atOnce());
    this.nameWidth =
        run.study().variants().stream().mapToInt(one -> one.name().length()).max().orElse(0);
  }

  @Override
  public void beginning() {
    Study study = run.study();
    terminal.say(terminal.bold(study.title().isEmpty() ? study.name() : study.title()));
    if (!study.question().isEmpty()) {
      terminal.say(study.question());
    }
    terminal.say(
        (study.variants().size() == 1 ? "" : study.variants().size() + " variants, ")
            + Plural.of(study.seeds(), "seed")
            + (study.variants().size() == 1 ? ": " : " each: ")
            + Plural.of(run.trainings(), "training")
            + ", "
            + run.atOnce()
            + " at a time");
    terminal.say("");
    status("the first trainings go on …");
  }

  @Override
  public void ended(Variant variant, SeedRun ended, int done, int all) {
    left.ended(variant, ended.result().work().seconds());
    Score test = ended.result().scores().get(RunResult.TEST);
    String came =
        ended.diverged()
            ? terminal.colored(RED, ended.result().message())
            : test == null ? "" : test.toString();
    String total = "/" + all;
    clear();
    terminal.say(
        padded(Integer.toString(done), total.length() - 1, true)
            + total
            + "  "
            + (nameWidth == 0 ? "" : padded(variant.name(), nameWidth, false) + "  ")
            + "seed "
            + ended.seed()
            + "  "
            + came
            + (done == all || terminal.interactive()
                ? ""
                : "  " + terminal.dim(ProgressBar.time(left.seconds()) + " left")));
    if (done < all) {
      status("about " + ProgressBar.time(left.seconds()) + " left …");
    }
  }

  private static String padded(String text, int width, boolean right) {
    String space = " ".repeat(width - text.length());
    return right ? space + text : text + space;
  }

  /// A line that the next one takes the place of; only where that can be.
  private void status(String text) {
    if (terminal.interactive()) {
      terminal.out().print(terminal.dim(text));
      terminal.out().flush();
    }
  }

  private void clear() {
    if (terminal.interactive()) {
      terminal.out().print(ERASE);
    }
  }

  @Override
  public void ending(StudyResult result, Path report) {
    clear();
    List<Judgement> judgements = result.judgements();
    if (!judgements.isEmpty()) {
      terminal.say("");
      table(result, judgements).print(terminal);
      terminal.say("");
      terminal.say(verdict(judgements));
    }
    terminal.say("");
    terminal.say(terminal.bold("time    ") + ProgressBar.time(result.seconds()));
    terminal.say(terminal.bold("folder  ") + result.folder());
    terminal.say(terminal.bold("report  ") + report);
  }

  private static Table table(StudyResult result, List<Judgement> judgements) {
    boolean several = result.variants().size() > 1;
    List<String> heads = new ArrayList<>(several ? List.of("variant") : List.of());
    heads.addAll(List.of("measure", ">published", "measured", "expected", "verdict"));
    Table table = new Table(heads.toArray(String[]::new));
    for (Judgement judgement : judgements) {
      var claim = judgement.claim();
      List<String> cells = new ArrayList<>(several ? List.of(claim.variant()) : List.of());
      cells.add(claim.measure().toString());
      cells.add(claim.published().map(x -> Numbers.published(claim.measure(), x)).orElse(""));
      cells.add(measured(judgement));
      cells.add(claim.expectation().toString());
      cells.add(judgement.verdict());
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static String measured(Judgement judgement) {
    Replicates values = judgement.measured();
    if (judgement.diverged() > 0) {
      return judgement.diverged() == values.runs()
          ? "diverged"
          : judgement.diverged() + " of " + values.runs() + " diverged";
    }
    return judgement.isMeasured()
        ? Numbers.mean(judgement.claim().measure(), values) + " (" + values.runs() + ")"
        : "";
  }

  private String verdict(List<Judgement> judgements) {
    List<Judgement> expected =
        judgements.stream()
            .filter(one -> !(one.claim().expectation() instanceof Expectation.Nothing))
            .toList();
    long fail = expected.stream().filter(one -> !one.holds()).count();
    return expected.isEmpty()
        ? "Nothing is expected."
        : fail == 0
            ? terminal.colored(GREEN, "All came out as expected.")
            : terminal.colored(
                RED, fail + " of " + expected.size() + " did not come out as expected.");
  }

  @Override
  public void stopped() {
    clear();
    terminal.say("Stopped; the trainings that had ended stay.");
  }
}
