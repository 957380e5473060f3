package ijen.cli;

import ijen.check.CheckSettings;
import ijen.check.GradientCheck;
import ijen.check.GradientReport;
import ijen.check.SanityCheck;
import ijen.check.SanityReport;
import ijen.check.SanityReport.Finding;
import ijen.check.SanitySettings;
import ijen.check.TensorCheck;
import ijen.format.json.Json;
import ijen.plot.Digits;
import ijen.report.CheckReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen check`
@Command(
    name = "check",
    header = "Tells whether the gradient is right and the network fit to learn.",
    synopsisHeading = "%n",
    customSynopsis = "ijen check [OPTION…] [RECIPE|MODEL|RUN]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen check                          the network that 'train' would train",
      "  ijen check --hidden 256,256 --activation sigmoid --lr 1",
      "  ijen check recipes/digits-mlp.yaml --html check.html",
      "  ijen check 20261121-093000          a trained run",
      "  ijen check --json",
      "",
      "Exit codes: 0 healthy, 1 something is wrong."
    })
final class CheckCommand implements Callable<Integer> {
  private static final int WRONG = 1;

  private final Terminal terminal;
  private final RecipeOptions settings = new RecipeOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE|MODEL|RUN",
      description =
          "a file with settings, an experiment that 'reproduce' lists, or a trained model or run;"
              + " without one, the options say what to check")
  @Nullable String what;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description = "which of the recipe's trainings, where it has several")
  @Nullable String variant;

  @Option(
      names = "--entries",
      paramLabel = "COUNT",
      description = "so many numbers of each tensor are compared (default: 16)")
  @Nullable Integer entries;

  @Option(
      names = "--steps",
      paramLabel = "COUNT",
      description = "so many steps of training are tried; 0 for none (default: 50)")
  @Nullable Integer steps;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with figures, too")
  @Nullable Path html;

  @Option(names = "--json", description = "the result as one JSON object")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    CheckCommand command = new CheckCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.settings.addTo(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() throws IOException {
    Subject subject = Subject.find(what, variant, settings.recipe(), runs, data.options(terminal));
    long seed = subject.config().seed();
    CheckSettings gradientSettings = CheckSettings.defaults().withSeed(seed);
    if (entries != null) {
      gradientSettings = gradientSettings.withEntries(entries);
    }
    SanitySettings sanitySettings = SanitySettings.defaults().withSeed(seed);
    if (steps != null) {
      sanitySettings = sanitySettings.withSteps(steps);
    }
    GradientReport gradient = gradient(subject).with(gradientSettings).run();
    SanityReport sanity = sanity(subject).with(sanitySettings).run(subject.samples());
    boolean healthy = gradient.healthy() && sanity.healthy();
    if (html != null) {
      CheckReport.write(html, subject.title(), gradient, sanity);
    }
    if (json) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      object.put("what", subject.title());
      object.put("healthy", healthy);
      object.put("gradient", gradient.describe());
      object.put("sanity", sanity.describe());
      terminal.say(Json.line(object));
    } else {
      terminal.say(terminal.bold(subject.title()));
      terminal.say("");
      print(gradient);
      print(sanity);
      if (html != null) {
        terminal.say("");
        terminal.say("page      " + html);
      }
    }
    return healthy ? 0 : WRONG;
  }

  private static GradientCheck gradient(Subject subject) {
    return subject.model().isPresent()
        ? GradientCheck.of(subject.model().get(), subject.samples())
        : GradientCheck.of(subject.network(), subject.loss(), subject.samples());
  }

  /// With the rule that was asked for, without the faults.
  private static SanityCheck sanity(Subject subject) {
    SanityCheck check =
        SanityCheck.of(subject.network(), subject.loss(), subject.config().optimizer());
    return subject.model().isPresent() ? check.at(subject.model().get().theta()) : check;
  }

  private void print(GradientReport report) {
    Table table =
        new Table(
            "tensor",
            "shape",
            ">compared",
            ">kinks",
            ">abs. error",
            ">rel. error",
            ">float",
            "verdict");
    for (TensorCheck tensor : report.tensors()) {
      table.row(
          tensor.name(),
          tensor.shape().toString(),
          Integer.toString(tensor.compared()),
          Integer.toString(tensor.kinks()),
          small(tensor.absoluteError()),
          small(tensor.relativeError()),
          small(tensor.floatError()),
          tensor.verdict().name().toLowerCase(Locale.ROOT));
    }
    if (!report.tensors().isEmpty()) {
      table.print(terminal);
      terminal.say("");
    }
    say("gradient", report.verdict(), report.healthy());
    report.complaints().forEach(complaint -> terminal.say("  " + complaint));
    report.remarks().forEach(remark -> terminal.say("  note: " + remark));
  }

  private void print(SanityReport report) {
    say("sanity", report.verdict(), report.healthy());
    for (Finding finding : report.findings()) {
      String level = "%-5s".formatted(finding.level().name().toLowerCase(Locale.ROOT));
      String shown =
          switch (finding.level()) {
            case FINE -> terminal.dim(level);
            case LOOK -> terminal.colored(33, level);
            case WRONG -> terminal.colored(31, level);
          };
      terminal.say("  " + shown + " " + finding.check() + ": " + finding.words());
    }
  }

  private void say(String part, String verdict, boolean healthy) {
    terminal.say("%-9s ".formatted(part) + terminal.colored(healthy ? 32 : 31, verdict));
  }

  private static String small(double value) {
    return Double.isNaN(value) ? "-" : Digits.significant(value, 2);
  }
}
