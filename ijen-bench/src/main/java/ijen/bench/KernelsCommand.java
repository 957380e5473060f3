package ijen.bench;

import ijen.bench.kernel.KernelBenchmarks;
import ijen.bench.kernel.KernelReport;
import ijen.cli.Terminal;
import ijen.format.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen bench kernels`
@Command(
    name = "kernels",
    header = "Measures single kernels against the machine's limits.",
    synopsisHeading = "%n",
    customSynopsis = "ijen bench kernels [OPTION…] [PATTERN]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen bench kernels                  all of them, about seven minutes",
      "  ijen bench kernels square           products of square matrices",
      "  ijen bench kernels 'relu|sigmoid' --json"
    })
final class KernelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "a regular expression; those whose name contains it are measured")
  String pattern = "";

  @Option(names = "--json", description = "the figures as one JSON object")
  boolean json;

  KernelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    KernelReport report =
        KernelBenchmarks.measure(
            pattern, terminal::note, 1, Runtime.getRuntime().availableProcessors());
    terminal.say(json ? Json.line(report.json()) : report.text().stripTrailing());
    return 0;
  }
}
