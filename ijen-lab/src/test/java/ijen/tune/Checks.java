package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What several tests of this package use.
final class Checks {
  private Checks() {}

  /// A space with a dimension of every kind, two of them with conditions.
  static Space mixed() {
    return Space.of(
        Dimension.choice("optimizer", "sgd", "adam", "none"),
        Dimension.real("rate", 1e-4, 1).inLog(),
        Dimension.whole("layers", 1, 3),
        Dimension.real("momentum", 0, 0.9).inSteps(0.3).when("optimizer", "sgd"),
        Dimension.whole("units", 8, 64).inLog().when("layers", 2, 3),
        Dimension.real("dropout", 0, 0.5));
  }

  /// A made-up loss of a configuration of [#mixed], in [0, 3).
  static double loss(Configuration c) {
    double loss = Math.pow(Math.log10(c.real("rate")) + 2, 2) / 4 + c.real("dropout");
    loss += c.text("optimizer").equals("adam") ? 0 : 0.3;
    loss += c.has("momentum") ? 0.2 * (0.9 - c.real("momentum")) : 0;
    return loss + (c.has("units") ? 1.0 / c.whole("units") : 0.5);
  }

  /// Pearson's statistic of counts against equal expectations.
  static double chiSquare(long[] counts) {
    double[] shares = new double[counts.length];
    Arrays.fill(shares, 1.0 / counts.length);
    return chiSquare(counts, shares);
  }

  /// Pearson's statistic of counts against expected shares, which sum up to 1.
  static double chiSquare(long[] counts, double[] shares) {
    long all = Arrays.stream(counts).sum();
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = all * shares[i];
      assertThat(expected).isGreaterThan(5);
      sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return sum;
  }

  /// Four standard deviations above the mean of the statistic with so many counts.
  static double most(int counts) {
    return counts - 1 + 4 * Math.sqrt(2.0 * (counts - 1));
  }

  static Configuration configuration(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Configuration(values);
  }

  static Trial complete(int number, Configuration configuration, double value) {
    return Trial.begin(number, configuration).complete(value, 0);
  }

  static Reports reports(double... values) {
    Reports reports = Reports.NONE;
    for (int i = 0; i < values.length; i++) {
      reports = reports.and(i + 1, values[i]);
    }
    return reports;
  }

  /// The trials without their times.
  static List<Trial> table(List<Trial> trials) {
    List<Trial> table = new ArrayList<>();
    for (Trial t : trials) {
      table.add(
          new Trial(
              t.number(), t.configuration(), t.reports(), t.state(), t.value(), t.message(), 0));
    }
    return table;
  }
}
