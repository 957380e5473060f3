package ijen.theory;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The statements there are, in order.
public enum Topic {
  /// The gradients of ‖relu(Wx)‖².
  RELU_NORM("a", "The squared norm of a ReLU layer", "relu-norm"),
  /// Softmax and cross-entropy.
  SOFTMAX("b", "Softmax and cross-entropy", "softmax"),
  /// The multinomial log-likelihood.
  LOG_LIKELIHOOD("c", "The multinomial log-likelihood", "log-likelihood"),
  /// The Hessian of the half-logistic loss.
  HALF_LOGISTIC("d", "The Hessian of the half-logistic loss", "half-logistic"),
  /// He's initialisation.
  INITIALISATION("e", "He's initialisation through fifty layers", "initialisation"),
  /// The gradient of every op.
  GRADIENTS("f", "The gradient of every op", "gradients");

  private final String letter;
  private final String title;
  private final String name;

  Topic(String letter, String title, String name) {
    this.letter = letter;
    this.title = title;
    this.name = name;
  }

  /// `a` to `f`.
  public String letter() {
    return letter;
  }

  /// What it is about.
  public String title() {
    return title;
  }

  /// The name of its page, without ending: `a-relu-norm`.
  public String page() {
    return letter() + "-" + name;
  }

  /// The topic of a letter.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Topic of(String letter) {
    String wanted = letter.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(topic -> topic.letter().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no statement is called '%s': expected %s"
                    .formatted(
                        letter,
                        Arrays.stream(values())
                            .map(Topic::letter)
                            .collect(Collectors.joining(", ")))));
  }
}
