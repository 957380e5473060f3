package ijen.cli;

import ijen.data.Dataset;
import ijen.data.TrainTest;
import java.util.Locale;
import picocli.CommandLine.Option;

/// Which part of a data set is meant.
final class PartOptions {
  /// The parts that data sets come in.
  enum Part {
    train,
    test
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "test",
      description = "train or test (default: ${DEFAULT-VALUE})")
  Part part = Part.test;

  Dataset of(TrainTest data) {
    return switch (part) {
      case train -> data.train();
      case test -> data.test();
    };
  }

  @Override
  public String toString() {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
