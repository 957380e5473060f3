package ijen.report;

import ijen.data.Dataset;
import ijen.metric.Replicates;
import ijen.model.Model;
import ijen.model.Predictor;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.ImageTable;
import ijen.plot.Picture;
import ijen.plot.RowChart;
import ijen.plot.RowChart.Estimate;
import ijen.study.SeedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What autoencoders draw of test images.
///
/// @param images one image of each class above its reconstruction by the first seed's model
/// @param errors the loss of each class's images, over the seeds
/// @param latent the narrowest layer of the first seed's model
record Reconstructions(ImageTable images, RowChart errors, Optional<LatentSpace> latent) {
  /// Of the models of trainings; empty where samples are no grey images in classes.
  ///
  /// @param test the test samples as they are opened
  static Optional<Reconstructions> of(Trainings trainings, Dataset test) throws IOException {
    List<SeedRun> runs = trainings.runs().stream().filter(run -> !run.diverged()).toList();
    boolean drawable = test.hasImages() && test.features().rank() == 2;
    if (runs.isEmpty() || !drawable || test.classes().isEmpty()) {
      return Optional.empty();
    }
    Model first = Model.load(runs.getFirst().folder().modelFile());
    List<double[]> errors = new ArrayList<>();
    for (SeedRun run : runs) {
      errors.add(errors(Model.load(run.folder().modelFile()), test));
    }
    return Optional.of(
        new Reconstructions(
            images(first, test), chart(test, errors), LatentSpace.of(first, first.scaled(test))));
  }

  private static ImageTable images(Model model, Dataset test) {
    int height = test.features().dimension(0);
    int width = test.features().dimension(1);
    List<String> names = new ArrayList<>();
    List<Picture> originals = new ArrayList<>();
    List<Picture> drawn = new ArrayList<>();
    Predictor predictor = model.predictor();
    for (int c = 0; c < test.classes().size(); c++) {
      int index = first(test, c);
      if (index >= 0) {
        names.add(test.classes().get(c));
        originals.add(Picture.grey(test.image(index), height, width));
        List<Double> output = predictor.predict(test.sample(index)).values();
        drawn.add(Picture.grey(model.greys(output), height, width));
      }
    }
    return ImageTable.reconstructions(
            "Test images and their reconstructions", names, originals, drawn)
        .withWidth(960);
  }

  private static int first(Dataset test, int c) {
    for (int i = 0; i < test.size(); i++) {
      if (test.label(i) == c) {
        return i;
      }
    }
    return -1;
  }

  private static double[] errors(Model model, Dataset test) {
    double[] sums = new double[test.classes().size()];
    int[] counts = test.classCounts();
    model.evaluate(
        model.scaled(test).reconstruction(),
        1,
        (index, loss, decision, predictions, row) -> sums[test.label(index)] += loss);
    for (int c = 0; c < sums.length; c++) {
      sums[c] /= counts[c]; // NaN where a class has no test image
    }
    return sums;
  }

  private static RowChart chart(Dataset test, List<double[]> errors) {
    List<RowChart.Row> rows = new ArrayList<>();
    for (int c = 0; c < test.classes().size(); c++) {
      int number = c;
      Replicates values = new Replicates(errors.stream().map(one -> one[number]).toList());
      Estimate estimate =
          values.runs() == 1
              ? Estimate.of(values.mean())
              : Estimate.of(values.mean(), values.halfWidth());
      rows.add(new RowChart.Row(test.classes().get(c), List.of(estimate)));
    }
    RowChart chart =
        RowChart.bars("Reconstruction error of each class", Axis.linear("mean loss"), rows);
    return errors.size() == 1
        ? chart
        : chart.withNote("mean and 95 % interval of " + Digits.count(errors.size()) + " seeds");
  }
}
