package ijen.plot;

import ijen.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// One figure of each kind, and the hard cases of it, as papers have them: what is checked on all
/// figures is checked on these, and people look at them.
final class Gallery {
  private static final Axis EPOCH = Axis.linear("epoch").withWholeNumbers();
  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private Gallery() {}

  /// The figures by the names of their files.
  static Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("train-and-test", trainAndTest());
    figures.put("bands", bands(4, 25).withNote("mean ± sd of 5 seeds"));
    figures.put("eight-runs", bands(8, 60).withNote("mean ± sd of 5 seeds").withSize(720, 420));
    figures.put("twelve-runs", bands(12, 12).withSize(720, 420));
    figures.put("diverged", diverged());
    figures.put("log-log", logLog());
    figures.put("log-two-decades", logLoss());
    figures.put("weights", weights());
    figures.put("reconstructions-two", reconstructions(2));
    figures.put("reconstructions-ten", reconstructions(10));
    figures.put("error-per-class", errors());
    figures.put("latent-space", latentSpace(10_000));
    figures.put("latent-space-few", latentSpace(150));
    figures.put("published-and-measured", comparison());
    figures.put("search", search(60, 0));
    figures.put("search-pruned", search(200, 0.6));
    figures.put("search-curves", curves(40));
    figures.put("slice-of-names", slice());
    figures.put("noisy-line", noisy());
    figures.put("confusion", confusion());
    figures.put("mistakes", mistakes());
    return figures;
  }

  private static Figure trainAndTest() {
    return LineChart.of(
        "Accuracy of softmax regression",
        EPOCH,
        Axis.linear("share recognised"),
        List.of(
            Series.ofValues("train", 0.852, 0.874, 0.882, 0.887, 0.891, 0.894, 0.896, 0.9, 0.901),
            Series.ofValues("test", 0.861, 0.879, 0.884, 0.888, 0.887, 0.89, 0.891, 0.893, 0.892)));
  }

  private static LineChart bands(int count, int epochs) {
    Random random = new Random(7);
    List<Series> series = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      List<double[]> runs = new ArrayList<>();
      for (int seed = 0; seed < 5; seed++) {
        double[] losses = new double[epochs];
        double last = 0.25 + 0.07 * k + 0.03 * random.nextGaussian();
        for (int i = 0; i < epochs; i++) {
          losses[i] = last + 0.9 * Math.exp(-i / (4.0 + k)) + 0.01 * random.nextGaussian();
        }
        runs.add(losses);
      }
      series.add(Series.ofSeeds("width " + (16 << k), runs));
    }
    return LineChart.of("Test loss by width", EPOCH, Axis.linear("mean loss"), series);
  }

  private static Figure diverged() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;
    return LineChart.of(
            "Half-logistic loss at three rates",
            EPOCH,
            Axis.log("mean loss"),
            List.of(
                Series.ofValues("0.001", 0.69, 0.6, 0.52, 0.45, 0.4, 0.36, 0.33, 0.31, 0.3, 0.29),
                Series.ofValues("0.005", 0.69, 0.4, 0.2, 0.08, 0.02, -0.1, -1, -5, -20, -40),
                Series.ofValues("0.01", 0.69, 2, 30, 900, inf, nan, nan, nan, nan, nan),
                Series.ofValues("0.02", 0.69, 0.6, 0.62, nan, nan, 0.8, 0.7, nan, nan, nan),
                Series.ofValues("early", 0.9, 0.5, 0.3, 0.25)))
        .withSize(560, 340);
  }

  private static Figure logLog() {
    List<Series> series = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      List<Point> points = new ArrayList<>();
      for (double x = 10; x <= 2e6; x *= 1.6) {
        double y = (k + 1) * 3 / Math.pow(x, 0.3 + 0.15 * k);
        points.add(new Point(x, y, y * 0.7, y * 1.4));
      }
      series.add(new Series(List.of("ZO-SGD", "ZO-Adam", "SGD").get(k), points));
    }
    Axis queries = Axis.log("function queries");
    return LineChart.of("Loss over queries", queries, Axis.log("loss"), series)
        .withNote("mean and 95 % interval of 5 seeds");
  }

  private static Figure logLoss() {
    double[] losses = IntStream.range(0, 400).mapToDouble(i -> 2 * Math.exp(-i / 120.0)).toArray();
    double[] others = IntStream.range(0, 400).mapToDouble(i -> 2.2 / (1 + i / 9.0)).toArray();
    return LineChart.of(
        "Loss after each step",
        Axis.linear("step"),
        Axis.log("loss"),
        List.of(Series.ofValues("Adam", losses), Series.ofValues("SGD", others)));
  }

  /// The mean image of each class less that of all: what a linear classifier's weights look like.
  private static Figure weights() {
    Dataset digits = ijen.data.Digits.test();
    float[][] sums = new float[10][784];
    int count = 500;
    for (int i = 0; i < count; i++) {
      byte[] image = digits.image(i);
      for (int p = 0; p < 784; p++) {
        for (int k = 0; k < 10; k++) {
          float share = (k == digits.label(i) ? 9 : -1) / (90f * count);
          sums[k][p] += share * (image[p] & 0xFF) / 25;
        }
      }
    }
    List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    return SignedImages.weights("Weights of softmax regression", names, List.of(sums), 28, 28);
  }

  private static Figure reconstructions(int count) {
    Dataset digits = ijen.data.Digits.test();
    List<Picture> originals = new ArrayList<>();
    List<Picture> blurred = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] image = digits.image(i);
      byte[] blur = image.clone();
      for (int p = 29; p < 784 - 29; p++) {
        int sum = 0;
        for (int step : new int[] {-29, -28, -27, -1, 0, 1, 27, 28, 29}) {
          sum += image[p + step] & 0xFF;
        }
        blur[p] = (byte) (sum / 9);
      }
      originals.add(Picture.grey(image, 28, 28));
      blurred.add(Picture.grey(blur, 28, 28));
      errors.add("0.00" + (85 + i));
    }
    return ImageTable.reconstructions(
            "Test images and their reconstructions", CLOTHES.subList(0, count), originals, blurred)
        .withFooters(errors);
  }

  private static Figure errors() {
    List<RowChart.Row> rows = new ArrayList<>();
    for (int i = 0; i < CLOTHES.size(); i++) {
      double error = 0.004 + 0.0021 * (i * 7 % 10);
      rows.add(
          new RowChart.Row(
              CLOTHES.get(i), List.of(RowChart.Estimate.of(error, 0.0006 + error / 20))));
    }
    return RowChart.bars(
            "Reconstruction error of each class", Axis.linear("mean squared error"), rows)
        .withNote("mean ± sd of 5 seeds");
  }

  private static Figure latentSpace(int points) {
    Random random = new Random(3);
    List<Series> classes = new ArrayList<>();
    for (int k = 0; k < 10; k++) {
      double x = 4 * random.nextGaussian();
      double y = 4 * random.nextGaussian();
      List<Point> cloud = new ArrayList<>();
      for (int i = 0; i < points / 10; i++) {
        cloud.add(Point.of(x + random.nextGaussian(), y + 0.8 * random.nextGaussian()));
      }
      classes.add(new Series(CLOTHES.get(k), cloud));
    }
    return ScatterChart.of(
        "Latent space of the autoencoder",
        Axis.linear("first direction"),
        Axis.linear("second direction"),
        classes);
  }

  private static Figure comparison() {
    RowChart.Estimate none = RowChart.Estimate.NONE;
    return RowChart.intervals(
            "Test accuracy on Fashion-MNIST",
            Axis.linear("share recognised"),
            List.of("published", "PyTorch", "Ijen"),
            List.of(
                row("784-256-10", none, RowChart.Estimate.of(0.857, 0.003), 0.8581, 0.0021),
                row("784-256-256-10", none, RowChart.Estimate.of(0.845, 0.005), 0.8462, 0.0044),
                row(
                    "tuned, 3 × 40",
                    RowChart.Estimate.of(0.8771),
                    new RowChart.Estimate(0.8725, 0.8701, 0.8764),
                    0.8732,
                    0.0024),
                row(
                    "with batch normalisation and dropout",
                    RowChart.Estimate.of(0.8868),
                    RowChart.Estimate.of(0.8881),
                    0.8874,
                    0.0019)))
        .withNote("mean and 95 % interval");
  }

  private static RowChart.Row row(
      String name, RowChart.Estimate published, RowChart.Estimate peer, double value, double half) {
    return new RowChart.Row(name, List.of(published, peer, RowChart.Estimate.of(value, half)));
  }

  private static Figure confusion() {
    Random random = new Random(5);
    long[][] counts = new long[10][10];
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        counts[i][j] = i == j ? 880 : random.nextInt(3) == 0 ? random.nextInt(60) : 0;
      }
    }
    return Heatmap.confusion("Confusion on the test data", counts, CLOTHES);
  }

  private static Figure mistakes() {
    Dataset digits = ijen.data.Digits.test();
    List<ImageGrid.Tile> tiles = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tiles.add(
          new ImageGrid.Tile(
              Picture.grey(digits.image(i), 28, 28),
              List.of(
                  Integer.toString(digits.label(i)),
                  "taken for " + (digits.label(i) + 5) % 10,
                  "0.99" + i % 10 + " · no. " + i)));
    }
    return ImageGrid.of("Wrong answers of the highest loss", tiles, 6);
  }

  private static final List<String> ACTIVATIONS =
      List.of("relu", "leaky-relu:slope=0.01", "prelu", "elu");

  /// Configurations with made-up accuracies, some of them stopped before they had one.
  private static Figure search(int count, double pruned) {
    Random random = new Random(11);
    List<ParallelCoordinates.Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double layers = random.nextInt(5) + 2;
      double units = 5 + random.nextInt(60);
      double rate = Math.pow(10, -5 + 3.5 * random.nextDouble());
      double activation = random.nextInt(4);
      double slope = activation == 1 ? 0.3 * random.nextDouble() : Double.NaN;
      double accuracy =
          0.88 - 0.02 * Math.pow(Math.log10(rate) + 2, 2) - 0.3 / units - 0.004 * layers;
      lines.add(
          new ParallelCoordinates.Line(
              "trial " + i,
              List.of(layers, units, rate, activation, slope),
              random.nextDouble() < pruned ? Double.NaN : accuracy));
    }
    return ParallelCoordinates.of(
            "Configurations and what they came to",
            List.of(
                Axis.linear("layers").withWholeNumbers(),
                Axis.log("units"),
                Axis.log("learning rate"),
                Axis.named("activation", ACTIVATIONS),
                Axis.linear("slope")),
            Axis.linear("validation accuracy"),
            true,
            lines)
        .withGrey("pruned");
  }

  private static Figure curves(int count) {
    Random random = new Random(12);
    List<RankedLines.Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double last = 0.3 + random.nextDouble();
      int epochs = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 20;
      double[] losses = new double[epochs];
      for (int e = 0; e < epochs; e++) {
        losses[e] = last + 2 * Math.exp(-e / 4.0) + 0.02 * random.nextGaussian();
      }
      lines.add(
          new RankedLines.Line(
              Series.ofValues("trial " + i, losses),
              epochs < 20 ? Double.NaN : losses[epochs - 1]));
    }
    Axis loss = Axis.log("validation loss");
    return RankedLines.of("All trials", EPOCH, loss, "validation loss", false, lines)
        .withGrey("pruned");
  }

  private static Figure slice() {
    Random random = new Random(13);
    List<Point> complete = new ArrayList<>();
    List<Point> pruned = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int choice = random.nextInt(4);
      (i % 4 == 0 ? pruned : complete)
          .add(Point.of(choice + 0.4 * random.nextDouble() - 0.2, 0.8 + 0.1 * random.nextDouble()));
    }
    return ScatterChart.of(
            "Validation accuracy by activation",
            Axis.named("activation", ACTIVATIONS),
            Axis.linear("validation accuracy"),
            List.of(new Series("complete", complete), new Series("pruned", pruned)))
        .withSize(480, 320);
  }

  /// A loss that falls, rests and breaks out, at two places with long names at the edges.
  private static Figure noisy() {
    Random random = new Random(14);
    List<Point> raw = new ArrayList<>();
    List<Point> smooth = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      double rate = Math.pow(10, -6 + i / 25.0);
      double loss = 2.3 - 2 / (1 + 0.02 / rate) + (i > 140 ? Math.exp((i - 140) / 3.0) - 1 : 0);
      raw.add(Point.of(rate, i == 159 ? Double.NaN : loss * (1 + 0.1 * random.nextGaussian())));
      smooth.add(Point.of(rate, loss));
    }
    return NoisyLine.of(
        "Loss while the rate rises",
        Axis.log("learning rate"),
        Axis.linear("loss").within(0, 3),
        new Series("each batch", raw),
        new Series("smoothed", smooth),
        List.of(
            new NoisyLine.Place("suggested: 0.052, a place with a long name", 0.052, false),
            new NoisyLine.Place("diverged: 1.5", 1.5, true),
            new NoisyLine.Place("first", 1e-6, false)));
  }
}
