package ijen.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `ijen bench`, as far as it is known here: the benchmarks are a module behind this one, which the
/// launcher builds and starts when its first word is `bench`. This one stands for it in the list of
/// commands.
@Command(
    name = "bench",
    header = "Measures how fast Ijen is here, beside other libraries.",
    synopsisHeading = "%n",
    customSynopsis = "ijen bench [OPTION…]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = "  ijen bench --help")
final class BenchCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "WORD", description = "for the benchmarks")
  List<String> words = List.of();

  @Override
  public Integer call() {
    throw new UsageException("the launcher builds it, if it is the first word: ./ijen bench …");
  }
}
