package ijen.cli;

import ijen.data.Dataset;
import ijen.metric.Score;
import ijen.recipe.Experiment;
import ijen.recipe.RecordedRun;
import ijen.recipe.Setting;
import ijen.run.RunResult;
import ijen.train.EpochReport;
import ijen.train.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A training for people: what is trained, a line for each epoch, a bar while it runs, and what
/// came of it.
final class TrainText implements TrainOutput {
  private final Terminal terminal;
  private final RecordedRun run;
  private final EpochTable table;
  private final EpochSpeed speed = new EpochSpeed();
  private final @Nullable ProgressBar bar;

  TrainText(Terminal terminal, RecordedRun run) {
    this.terminal = terminal;
    this.run = run;
    this.table = new EpochTable(terminal, run.experiment());
    this.bar = terminal.interactive() ? new ProgressBar(terminal) : null;
  }

  @Override
  public void beginning() throws IOException {
    Experiment experiment = run.experiment();
    int[] position = run.position();
    String where = run.folder().path().toString();
    row("run", position[0] + position[1] == 0 ? where : where + ", resumed " + place(position));
    row("data", data(experiment));
    row("training", training(experiment));
    terminal.say("");
    terminal.out().print(experiment.network().summary());
    terminal.say("");
  }

  private void row(String name, String text) {
    terminal.say(terminal.bold(String.format(Locale.ROOT, "%-10s", name)) + text);
  }

  private static String place(int[] position) {
    return "after "
        + position[0]
        + " epochs"
        + (position[1] == 0 ? "" : " and " + position[1] + " steps");
  }

  private static String data(Experiment experiment) {
    Dataset train = experiment.train();
    String sizes = count(train.size()) + " to train, ";
    if (experiment.validation() != null) {
      sizes += count(experiment.validation().size()) + " held out, ";
    }
    String shape =
        Arrays.stream(train.features().dimensions())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("×"));
    return experiment.config().data().label()
        + ": "
        + sizes
        + count(experiment.test().size())
        + " to test; "
        + (train.hasImages() ? "images " + shape : shape + " numbers")
        + (train.classes().isEmpty() ? "" : ", " + train.classes().size() + " classes");
  }

  private static String training(Experiment experiment) {
    var config = experiment.config();
    StringBuilder text = new StringBuilder(config.optimizer().name());
    config
        .optimizer()
        .settings()
        .forEach((name, value) -> {
          boolean telling = !value.equals(0.0) && !value.equals(false);
          if (telling && !name.startsWith("beta") && !name.equals("epsilon")) {
            text.append(", ").append(words(name)).append(' ').append(value);
          }
        });
    if (!config.schedule().toString().equals("constant")) {
      text.append(", ").append(config.schedule());
    }
    text.append(", batch ").append(config.describe().get(Setting.BATCH.key()));
    text.append(", ").append(Plural.of(config.epochs(), "epoch"));
    text.append(", seed ").append(config.seed());
    text.append(", ").append(Plural.of(experiment.training().settings().threads(), "thread"));
    return text.toString();
  }

  private static String words(String camelCase) {
    return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  @Override
  public void started(Progress progress) {
    speed.started(progress);
    if (progress.epoch() == progress.epochs()) {
      terminal.say(
          "All " + Plural.of(progress.epochs(), "epoch") + " are done; --epochs can ask for more.");
    } else {
      table.heads();
    }
    if (bar != null) {
      bar.started(progress);
    }
  }

  @Override
  public void stepped(Progress progress) {
    if (bar != null) {
      bar.stepped(progress);
    }
  }

  @Override
  public void epochEnded(EpochReport report) {
    if (bar != null) {
      bar.clear();
    }
    table.row(report, speed.of(report));
  }

  @Override
  public void ending(RecordedRun.Outcome outcome) {
    if (bar != null) {
      bar.clear();
    }
    RunResult record = outcome.record();
    Score score = outcome.result().score();
    terminal.say("");
    if (outcome.result().stopped()) {
      terminal.say(
          "Stopped in epoch "
              + (record.work().epochs() + 1)
              + " after step "
              + record.work().steps()
              + "; a checkpoint is written.");
      terminal.say("Go on with   ./ijen train --resume " + run.folder().path());
      return;
    }
    if (outcome.result().epochs().size() > 0
        && record.trained().bestEpoch() != null
        && run.experiment().config().patience().isPresent()) {
      terminal.say("the best epoch is " + record.trained().bestEpoch());
    }
    row(
        "test",
        terminal.bold(score.toString())
            + String.format(Locale.ROOT, " on %,d samples", score.samples()));
    row(
        "time",
        String.format(
            Locale.ROOT,
            "%.1f s, %,.0f samples/s in training",
            record.work().seconds(),
            record.work().samplesPerSecond()));
    row("report", run.folder().reportFile().toString());
  }
}
