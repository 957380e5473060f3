package ijen.example;

import static java.util.Objects.requireNonNull;

import ijen.data.Dataset;
import ijen.data.Digits;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.nn.Layer;
import ijen.nn.Layers;
import ijen.nn.Network;
import ijen.optim.Sgd;
import ijen.plot.Axis;
import ijen.plot.LineChart;
import ijen.plot.Paint;
import ijen.plot.Series;
import ijen.plot.Theme;
import ijen.train.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The README's picture: some of the built-in digits, and two networks that learn them.
///
/// It is made of text and outlines only, follows the reader's light or dark ground, and is the same
/// bytes on every machine, as the training behind it is.
final class ReadmePicture {
  private static final int ROWS = 8;
  private static final int CELL = 34; // an image of 28 pixels and its margin
  private static final int LEVELS = 4; // of grey
  private static final int EPOCHS = 8;
  private static final Pattern COLOUR =
      Pattern.compile("(fill|stroke)=\"var\\(--ijen-([a-z0-9-]+),(#[0-9a-f]{6})\\)\"");

  private ReadmePicture() {}

  static String svg() {
    LineChart chart =
        LineChart.of(
                "Two networks learn them: accuracy on 2,000 others",
                Axis.linear("epoch").withWholeNumbers(),
                Axis.linear("accuracy").within(0.85, 1),
                List.of(
                    learn("one hidden layer of 128", Layers.dense(128), Layers.relu()),
                    learn("no hidden layer")))
            .withSize(500, 320);
    String content =
        """
        <rect width="920" height="360" rx="10" %s/>
        <g transform="translate(24,24)">
        <text y="15" font-size="14" font-weight="600" %s>Digits drawn by Ijen from a seed</text>
        <g transform="translate(0,0.5)">
        %s</g>
        </g>
        <g transform="translate(400,24)">
        %s</g>
        """
            .formatted(
                colour("fill", Theme.PAGE),
                colour("fill", Theme.INK),
                digits(),
                chart.inline("curves"));
    Map<String, String> dark = new LinkedHashMap<>();
    String coloured = withClasses(content, dark);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="920" height="360" viewBox="0 0 920 360" role="img" \
    font-family="system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif">
    <title>Built-in digits, and the accuracy of two networks while they learn them</title>
    <style>@media (prefers-color-scheme:dark){%s}</style>
    %s</svg>
    """
        .formatted(String.join("", dark.values()), coloured);
  }

  /// The accuracy on the test digits after each epoch.
  private static Series learn(String name, Layer... hidden) {
    List<Layer> layers = new ArrayList<>(List.of(hidden));
    layers.add(Layers.dense(10));
    var network = new Network(Shape.of(784), layers);
    var training =
        Training.of(network, Losses.crossEntropy(), Sgd.of(0.05).withMomentum(0.9)).epochs(EPOCHS);
    var result = training.watchTest(true).fit(Digits.train(), Digits.test());
    double[] accuracies =
        result.epochs().stream()
            .mapToDouble(epoch -> requireNonNull(epoch.test()).accuracy())
            .toArray();
    return Series.ofValues(name, accuracies);
  }

  /// One column for each class; one path for each level of grey, made of lines a pixel high.
  private static String digits() {
    Dataset data = Digits.test();
    StringBuilder[] paths = new StringBuilder[LEVELS + 1];
    for (int level = 1; level <= LEVELS; level++) {
      paths[level] = new StringBuilder();
    }
    for (int i = 0; i < 10 * ROWS; i++) { // each ten images hold each class once
      byte[] image = data.image(i);
      int left = CELL * data.label(i);
      int top = 36 + CELL * (i / 10);
      for (int from = 0; from < image.length; ) {
        int to = from + 1;
        while (to % 28 != 0 && level(image[to]) == level(image[from])) {
          to++;
        }
        if (level(image[from]) > 0) {
          paths[level(image[from])].append(
              "M%d %dh%d".formatted(left + from % 28, top + from / 28, to - from));
        }
        from = to;
      }
    }
    StringBuilder all = new StringBuilder();
    for (int level = 1; level <= LEVELS; level++) {
      all.append("<path shape-rendering=\"crispEdges\" ").append(colour("stroke", Theme.INK));
      all.append(" stroke-opacity=\"").append(level / (double) LEVELS).append("\" d=\"");
      all.append(paths[level]).append("\"/>\n");
    }
    return all.toString();
  }

  private static int level(byte grey) {
    return Math.round((grey & 255) * LEVELS / 255f);
  }

  private static String colour(String property, Paint paint) {
    return property + "=\"var(--ijen-" + paint.name() + "," + paint.light() + ")\"";
  }

  /// Plain light colours, for programs that know no more, each with a class that a dark ground
  /// changes.
  private static String withClasses(String content, Map<String, String> dark) {
    Matcher colour = COLOUR.matcher(content);
    return colour.replaceAll(found -> {
      String property = found.group(1);
      String name = property.charAt(0) + "-" + found.group(2);
      dark.put(name, "." + name + "{" + property + ":" + darkValue(found.group(2)) + "}");
      return property + "=\"" + found.group(3) + "\" class=\"" + name + "\"";
    });
  }

  /// A paint's dark version, from the style rules, where the dark ones follow the light ones.
  private static String darkValue(String name) {
    String css = Theme.css();
    String property = "--ijen-" + name + ":";
    int at = css.indexOf(property, css.indexOf("prefers-color-scheme:dark")) + property.length();
    return css.substring(at, at + 7);
  }
}
