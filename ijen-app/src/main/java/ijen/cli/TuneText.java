package ijen.cli;

import ijen.plot.Digits;
import ijen.recipe.Measure;
import ijen.recipe.SearchPlan;
import ijen.report.Numbers;
import ijen.study.SearchPlace;
import ijen.study.SearchRecord;
import ijen.tune.Goal;
import ijen.tune.Importance;
import ijen.tune.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A search for people: what is searched, how it goes, and what came out.
///
/// On a terminal a table of the best trials is redrawn; elsewhere each trial has a line when it has
/// ended.
final class TuneText implements TuneOutput {
  private static final int RED = 31;

  private final Terminal terminal;
  private final SearchPlan plan;
  private final int workers;
  private final TuneTable table;
  private final int numberWidth;
  private boolean listed; // with a line for each trial that ends

  TuneText(Terminal terminal, SearchPlan plan, int workers) {
    this.terminal = terminal;
    this.plan = plan;
    this.workers = Math.min(workers, plan.rules().trials());
    this.table = new TuneTable(terminal, plan, this.workers);
    this.numberWidth =
        Math.max("trial".length(), Integer.toString(plan.rules().trials() - 1).length());
  }

  @Override
  public void beginning(SearchPlace place, List<Trial> known) {
    terminal.say(terminal.bold(plan.title().isEmpty() ? plan.name() : plan.title()));
    if (!plan.question().isEmpty()) {
      terminal.say(plan.question());
    }
    SearchPlan.Rules rules = plan.rules();
    terminal.say(
        rules.trials()
            + (rules.trials() == 1 ? " trial, " : " trials, ")
            + workers
            + " at a time; sampler "
            + rules.sampler()
            + ", pruner "
            + rules.pruner()
            + "; "
            + plan.measure()
            + (plan.goal() == Goal.MAXIMISE ? " is to be high" : " is to be low"));
    if (!known.isEmpty()) {
      terminal.say(
          "%s of them %s ended before, as search '%s'"
              .formatted(known.size(), known.size() == 1 ? "has" : "have", place.name()));
    }
    terminal.say("");
    table.begin(known);
    listed = !terminal.interactive() && known.size() < rules.trials();
    if (listed) {
      String measured = plan.measure().kind().name().toLowerCase(Locale.ROOT);
      terminal.say(line("trial", "state", measured, "seconds", "configuration"));
    }
  }

  private String line(String number, String state, String value, String seconds, String rest) {
    String form = "%" + numberWidth + "s  %-8s  %8s  %7s  %s";
    return String.format(Locale.ROOT, form, number, state, value, seconds, rest);
  }

  @Override
  public void started(Trial trial) {
    table.changed(trial);
  }

  @Override
  public void reported(Trial trial) {
    table.changed(trial);
  }

  @Override
  public void ended(Trial trial) {
    table.ended(trial);
    if (!terminal.interactive()) {
      String failed = trial.message().isEmpty() ? "" : ": " + trial.message();
      terminal.say(
          line(
              Integer.toString(trial.number()),
              SearchRecord.word(trial.state()),
              trial.state() == Trial.State.COMPLETE ? text(plan.measure(), trial.value()) : "",
              Digits.fixed(trial.seconds(), 1),
              trial.configuration().brief() + failed));
    }
  }

  /// A value as people read it: accuracies with four decimals.
  static String text(Measure measure, double value) {
    return measure.kind() == Measure.Kind.ACCURACY
        ? Digits.fixed(value, 4)
        : Digits.significant(value, 4);
  }

  @Override
  public void ending(SearchRecord record, List<String> again, Path report) {
    table.clear();
    if (listed) {
      terminal.say("");
    }
    if (record.result().stopped()) {
      terminal.say(
          "Stopped; %s of %s trials are kept. To go on:"
              .formatted(record.result().trials().size(), plan.rules().trials()));
      terminal.say("  " + Shell.quoted(again));
      terminal.say("");
    }
    if (record.best().isPresent()) {
      best(record, record.best().get(), again);
    } else {
      terminal.say(terminal.colored(RED, "No trial came to a value."));
    }
    say("trials", counts(record));
    say("time", ProgressBar.time(record.seconds()));
    say("report", report.toString());
  }

  private void best(SearchRecord record, Trial best, List<String> again) {
    String published =
        plan.published()
            .map(value -> "; published " + Numbers.published(plan.measure(), value))
            .orElse("");
    say(
        "best",
        "%s %s by trial %d%s"
            .formatted(
                plan.measure().toString().replaceFirst("^best ", ""),
                text(plan.measure(), best.value()),
                best.number(),
                published));
    say("", best.configuration().brief());
    say("matters", matters(record.importance()));
    if (!record.result().stopped()) {
      List<String> retrain = new ArrayList<>(again);
      retrain.add("--retrain");
      say("retrain", Shell.quoted(retrain));
      say("", Shell.quoted(record.command()));
    }
  }

  /// What matters most, first.
  private static String matters(List<Importance> shares) {
    return String.join(
        ", ",
        shares.stream()
            .sorted(Comparator.comparingDouble(one -> -one.share()))
            .map(one -> one.dimension() + " " + Digits.fixed(100 * one.share(), 0) + " %")
            .toList());
  }

  private static String counts(SearchRecord record) {
    List<String> counts = new ArrayList<>();
    for (Trial.State state :
        List.of(Trial.State.COMPLETE, Trial.State.PRUNED, Trial.State.FAILED)) {
      long count = record.result().count(state);
      if (count > 0) {
        counts.add(count + " " + SearchRecord.word(state));
      }
    }
    return (counts.isEmpty() ? "none" : String.join(", ", counts))
        + "; "
        + Digits.count(record.epochs())
        + " epochs";
  }

  private void say(String what, String text) {
    terminal.say(terminal.bold(what + " ".repeat(9 - what.length())) + text);
  }
}
