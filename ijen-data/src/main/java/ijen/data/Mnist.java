package ijen.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// MNIST: 60,000 handwritten digits to learn from and 10,000 to be measured on, 28×28 grey pixels.
///
/// The four files are looked for in the folder of the options, in `$IJEN_DATA/mnist`, in
/// `/usr/share/datasets/mnist` and in the user's cache, and are otherwise downloaded once. Plain
/// and gzipped files will do, named `train-images-idx3-ubyte` or `train-images.idx3-ubyte`.
///
/// **Source:** LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
/// recognition", Proceedings of the IEEE, 1998.
public final class Mnist {
  static final MnistFiles FILES =
      new MnistFiles(
          "mnist",
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                  47_040_016,
                  "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
              new PublishedFile(
                  "train-labels-idx1-ubyte",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                  60_008,
                  "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                  7_840_016,
                  "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                  10_008,
                  "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")));

  private Mnist() {}

  /// The 60,000 training digits, from the usual places.
  ///
  /// @throws DataException if the files cannot be found, read or downloaded
  public static Dataset train() {
    return FILES.train(Options.defaults(), Places.ofSystem());
  }

  /// The 10,000 test digits, from the usual places.
  ///
  /// @throws DataException if the files cannot be found, read or downloaded
  public static Dataset test() {
    return FILES.test(Options.defaults(), Places.ofSystem());
  }

  /// Both parts.
  ///
  /// @throws DataException if the files cannot be found, read or downloaded
  public static TrainTest open(Options options) {
    return FILES.open(options, Places.ofSystem());
  }

  /// Downloads what is missing into the folder of the options, or into the cache; returns that
  /// folder.
  ///
  /// @throws DataException if that is not allowed or fails
  public static Path fetch(Options options) {
    return FILES.fetch(options, Places.ofSystem(), Download.Patience.defaults());
  }

  /// Compares the files in the first place that has any with the published ones, by their
  /// checksums.
  ///
  /// @throws DataException if one cannot be read
  public static List<FileCheck> verify(Options options) {
    return FILES.verify(options, Places.ofSystem());
  }
}
