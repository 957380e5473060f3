package ijen.recipe;

import ijen.run.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A number that a training comes to: `test accuracy`, `train loss at epoch 3`, `best test
/// accuracy`, `test accuracy without biases`, `steps`, `samples`, `parameters`.
///
/// @param kind which number
/// @param part of which samples, `train`, `validation` or `test`; empty for what needs none
/// @param epoch after which epoch; empty for the last
/// @param best whether the best of all epochs, rather than one
/// @param withoutBiases whether of the trained model with all its biases at 0
public record Measure(
    Kind kind, String part, Optional<Integer> epoch, boolean best, boolean withoutBiases) {
  /// What is measured.
  public enum Kind {
    /// The mean loss.
    LOSS,
    /// The fraction that is decided right.
    ACCURACY,
    /// Steps taken.
    STEPS,
    /// Samples seen, each as often as it was seen: gradients of single samples computed.
    SAMPLES,
    /// Parameters of the network.
    PARAMETERS
  }

  private static final String WITHOUT_BIASES = " without biases";

  private static final Pattern TEXT =
      Pattern.compile(
          "(best )?(?:(train|validation|test) (loss|accuracy)(?: at epoch (\\d{1,6})|( without"
              + " biases))?|(steps|samples|parameters))");

  /// The measure that a text names.
  ///
  /// @throws IllegalArgumentException if it names none
  public static Measure parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    boolean fits = matcher.matches();
    boolean best = fits && matcher.group(1) != null;
    if (!fits || (best && IntStream.of(4, 5, 6).anyMatch(i -> matcher.group(i) != null))) {
      throw new IllegalArgumentException(
          "expected a measure, such as 'test accuracy', 'best test accuracy', 'train loss at epoch"
              + " 3', 'test loss without biases', 'steps', 'samples' or 'parameters', got '"
              + text
              + "'");
    }
    if (matcher.group(6) != null) {
      Kind kind =
          switch (matcher.group(6)) {
            case "steps" -> Kind.STEPS;
            case "samples" -> Kind.SAMPLES;
            default -> Kind.PARAMETERS;
          };
      return new Measure(kind, "", Optional.empty(), false, false);
    }
    Kind kind = matcher.group(3).equals("loss") ? Kind.LOSS : Kind.ACCURACY;
    Optional<Integer> epoch = Optional.ofNullable(matcher.group(4)).map(Integer::valueOf);
    return new Measure(kind, matcher.group(2), epoch, best, matcher.group(5) != null);
  }

  /// This measure.
  ///
  /// @throws IllegalArgumentException if a training with those settings does not measure it
  Measure requireOf(TrainConfig config) {
    boolean ofTest = part.equals(RunResult.TEST);
    String problem = "";
    if (part.equals(RunResult.VALIDATION) && config.data().validation() == 0) {
      problem = "no samples are held out: give 'validation' too, such as 0.1";
    } else if (kind == Kind.ACCURACY && config.data().reconstruct()) {
      problem = "an autoencoder decides nothing: expected a loss";
    } else if (epoch.isPresent() && !(epoch.get() >= 1 && epoch.get() <= config.epochs())) {
      problem = "expected an epoch from 1 to " + config.epochs();
    } else if (ofTest && (best || epoch.isPresent()) && !config.watchTest()) {
      problem = "the test set is measured at the end alone: leave 'watch-test: false' out";
    } else if (withoutBiases && !config.network().bias()) {
      problem = "there are no biases: leave 'bias: false' out";
    }
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("'" + this + "' is not measured: " + problem);
    }
    return this;
  }

  /// Whether it is a whole number, the same for every seed.
  public boolean isCount() {
    return List.of(Kind.STEPS, Kind.SAMPLES, Kind.PARAMETERS).contains(kind);
  }

  /// The name of the score that a result holds of it.
  public String score() {
    return withoutBiases ? part + WITHOUT_BIASES : part;
  }

  /// As [#parse] takes it.
  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    if (part.isEmpty()) {
      return word;
    }
    return (best ? "best " : "")
        + part
        + " "
        + word
        + epoch.map(number -> " at epoch " + number).orElse("")
        + (withoutBiases ? WITHOUT_BIASES : "");
  }
}
