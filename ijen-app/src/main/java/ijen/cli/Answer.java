package ijen.cli;

import ijen.model.Predictor.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a model says to a question.
///
/// @param question what was asked
/// @param prediction what the model computed
/// @param classes the names of the classes; none if it decides nothing
/// @param drawn what an autoencoder draws of the image; null if the model is none
record Answer(
    Question question, Prediction prediction, List<String> classes, @Nullable GreyImage drawn) {
  private static final int MOST_BARS = 12;
  private static final int BAR = 20;
  private static final int MOST_VALUES = 16;

  /// For programs.
  Map<String, @Nullable Object> describe() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("what", question.what());
    if (!question.note().isEmpty()) {
      object.put("note", question.note());
    }
    if (prediction.decision() >= 0) {
      object.put("decision", prediction.decision());
      object.put("class", classes.get(prediction.decision()));
      object.put("probability", probabilities().get(prediction.decision()));
      object.put("probabilities", probabilities());
    } else {
      object.put("values", prediction.values());
    }
    if (question.truth() >= 0 && !classes.isEmpty()) {
      object.put("truth", question.truth());
      object.put("truthClass", classes.get(question.truth()));
    }
    return object;
  }

  /// One for each class: a single output speaks for class 1.
  private List<Double> probabilities() {
    List<Double> values = prediction.values();
    return values.size() == 1 && classes.size() == 2
        ? List.of(1 - values.getFirst(), values.getFirst())
        : values;
  }

  /// For people: the image, and beside it the classes with their probabilities, or what is drawn of
  /// it.
  void print(Terminal terminal) {
    terminal.say(
        terminal.bold(question.what())
            + (question.note().isEmpty() ? "" : terminal.dim(" (" + question.note() + ")"))
            + verdict(terminal));
    GreyImage image = question.image();
    List<String> picture = image == null ? List.of() : image.lines(terminal);
    int width = image == null ? 0 : Math.min(image.width(), terminal.width() - 2);
    List<String> said = drawn == null ? bars(terminal) : drawn.lines(terminal);
    int widest = drawn == null ? widestBar() : width;
    boolean beside = width > 0 && width + "   ".length() + widest <= terminal.width();
    if (!beside) {
      picture.forEach(terminal::say);
      said.forEach(line -> terminal.say(line.stripTrailing()));
      return;
    }
    int above = Math.max(0, (picture.size() - said.size()) / 2);
    for (int i = 0; i < Math.max(picture.size(), above + said.size()); i++) {
      String left = i < picture.size() ? picture.get(i) : " ".repeat(width);
      String right = i >= above && i < above + said.size() ? "   " + said.get(i - above) : "";
      terminal.say((left + right).stripTrailing());
    }
  }

  private String verdict(Terminal terminal) {
    if (prediction.decision() < 0) {
      return drawn != null
          ? ", and as the model draws it"
          : prediction.values().size() <= MOST_VALUES
              ? ": " + prediction.values()
              : ": %d numbers; --json gives them".formatted(prediction.values().size());
    }
    String text =
        String.format(
            Locale.ROOT,
            ": %s, %.1f %%",
            terminal.bold(classes.get(prediction.decision())),
            100 * probabilities().get(prediction.decision()));
    if (question.truth() < 0) {
      return text;
    }
    return question.truth() == prediction.decision()
        ? text + terminal.colored(32, ", which is right")
        : text + terminal.colored(31, ", which is wrong: it is " + classes.get(question.truth()));
  }

  private List<String> bars(Terminal terminal) {
    if (prediction.decision() < 0) {
      return List.of();
    }
    List<Double> values = probabilities();
    List<Integer> shown =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> values.get(i)).reversed())
            .limit(MOST_BARS)
            .sorted()
            .toList();
    int longest = shown.stream().mapToInt(i -> classes.get(i).length()).max().orElse(0);
    List<String> bars = new ArrayList<>();
    for (int i : shown) {
      String name = String.format(Locale.ROOT, "%-" + longest + "s", classes.get(i));
      String number = String.format(Locale.ROOT, "%5.1f %%", 100 * values.get(i));
      String bar = terminal.bar(values.get(i), BAR);
      boolean chosen = i == prediction.decision();
      bars.add(
          (chosen ? terminal.bold(name) : name)
              + " "
              + number
              + " "
              + (chosen ? terminal.colored(32, bar) : bar));
    }
    return bars;
  }

  private int widestBar() {
    int name = classes.stream().mapToInt(String::length).max().orElse(0);
    return name + " 100.0 % ".length() + BAR;
  }
}
