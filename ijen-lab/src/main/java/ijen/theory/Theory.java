package ijen.theory;

import ijen.data.Dataset;
import java.util.List;

/// Measures the statements of the theory.
///
/// ```java
/// TheoryResult result = Theory.of(data.train()).measure();
/// ```
///
/// All is computed in double by plain loops and the reference kernels, so the numbers are the same
/// on every machine.
///
/// @param data images with classes
/// @param topics which statements
/// @param seed what samples, weights and directions are drawn from
public record Theory(Dataset data, List<Topic> topics, long seed) {
  /// More than any statement needs.
  private static final int SAMPLES = 1000;

  private static final int LEAST = 100;

  public Theory {
    topics = List.copyOf(topics);
    if (!data.hasImages() || data.classes().size() < 2) {
      throw new IllegalArgumentException(
          "theory: expected images with classes, such as digits or mnist, got "
              + data.name()
              + " with features "
              + data.features());
    }
    if (data.size() < LEAST) {
      throw new IllegalArgumentException(
          "theory: expected %d or more samples, got %d of %s"
              .formatted(LEAST, data.size(), data.name()));
    }
  }

  /// All statements on samples of `data`, with seed 1.
  public static Theory of(Dataset data) {
    return new Theory(data, List.of(Topic.values()), 1);
  }

  /// Only these statements.
  public Theory withTopics(List<Topic> topics) {
    return new Theory(data, topics, seed);
  }

  /// With another seed.
  public Theory withSeed(long seed) {
    return new Theory(data, topics, seed);
  }

  /// Does it: some seconds.
  public TheoryResult measure() {
    Samples samples = Samples.of(data, SAMPLES, seed);
    List<Statement> statements =
        topics.stream()
            .map(topic ->
                switch (topic) {
                  case RELU_NORM -> ReluNorm.measure(samples, seed);
                  case SOFTMAX -> SoftmaxGradients.measure(samples, seed);
                  case LOG_LIKELIHOOD -> LogLikelihood.measure(samples, seed);
                  case HALF_LOGISTIC -> HalfLogisticHessian.measure(samples, seed);
                  case INITIALISATION -> Initialisation.measure(samples, seed);
                  case GRADIENTS -> OpGradients.measure(samples, seed);
                })
            .toList();
    return new TheoryResult(data.name(), seed, statements);
  }
}
