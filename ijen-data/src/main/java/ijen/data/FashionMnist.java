package ijen.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Fashion-MNIST: 60,000 photographs of clothes to learn from and 10,000 to be measured on, 28×28
/// grey pixels; made to take MNIST's place where MNIST is too easy.
///
/// The four files are looked for in the folder of the options, in `$IJEN_DATA/fashion-mnist`, in
/// `/usr/share/datasets/fashion-mnist` (Debian's package `dataset-fashion-mnist`) and in the user's
/// cache, and are otherwise downloaded once. Plain and gzipped files will do.
///
/// **Source:** Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
/// machine learning algorithms", arXiv:1708.07747, 2017.
public final class FashionMnist {
  static final MnistFiles FILES =
      new MnistFiles(
          "fashion-mnist",
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
              "Ankle boot"),
          List.of(
              // No https there; the checksums below are what makes it safe.
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                  47_040_016,
                  "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
              new PublishedFile(
                  "train-labels-idx1-ubyte",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                  60_008,
                  "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                  7_840_016,
                  "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                  10_008,
                  "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));

  private FashionMnist() {}

  /// The 60,000 training images, from the usual places.
  ///
  /// @throws DataException if the files cannot be found, read or downloaded
  public static Dataset train() {
    return FILES.train(Options.defaults(), Places.ofSystem());
  }

  /// The 10,000 test images, from the usual places.
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
