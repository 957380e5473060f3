package ijen.loss;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;

/// How a network's output decides for a class, and how targets say which is right.
///
/// @param kind by what it decides
/// @param threshold above which a single output means class 1
public record Decision(Kind kind, double threshold) {
  /// By what an output decides.
  public enum Kind {
    /// One output for each class: the largest. Targets are class numbers, or distributions.
    LARGEST,
    /// A single output between two classes: whether it is above a threshold. Targets are 0 and 1.
    ABOVE,
    /// Numbers that come near to a target of 1 for the own class and 0 for the others: the largest;
    /// a single one, whether it is above ½. Where data have no classes nothing is decided.
    NEAREST
  }

  /// The largest of several outputs; of a single one, above 0.
  public static Decision largest() {
    return new Decision(Kind.LARGEST, 0);
  }

  /// A single output above the threshold or not.
  public static Decision above(double threshold) {
    return new Decision(Kind.ABOVE, threshold);
  }

  /// The class whose target is nearest, if there are classes.
  public static Decision nearest() {
    return new Decision(Kind.NEAREST, 0.5);
  }

  /// How many classes an output of that shape decides between; 0 if it decides nothing.
  ///
  /// @param known how many classes the data have; 0 for none
  public int classes(Shape output, int known) {
    int size = output.size();
    int between = size == 1 ? 2 : size;
    return switch (kind) {
      case LARGEST -> size;
      case ABOVE -> size == 1 ? 2 : 0;
      case NEAREST -> between == known ? known : 0;
    };
  }

  /// Whether it takes a single output, which decides between two classes.
  public boolean isSingle() {
    return kind == Kind.ABOVE;
  }

  /// Whether classes are to be given as targets of one number for each, 1 for a sample's own.
  public boolean oneHot() {
    return kind == Kind.NEAREST;
  }

  /// Writes the classes that rows of `width` outputs decide for.
  public void decide(Kernels kernels, Buffer outputs, int rows, int width, int[] classes) {
    if (width > 1) {
      kernels.argmaxRows(outputs, rows, width, classes);
      return;
    }
    for (int row = 0; row < rows; row++) {
      classes[row] = outputs.get(row) > threshold ? 1 : 0;
    }
  }

  /// Writes the classes that are right by rows of `width` numbers of the targets: class numbers, or
  /// the places of the largest.
  public static void truth(Kernels kernels, Buffer targets, int rows, int width, int[] classes) {
    if (width > 1) {
      kernels.argmaxRows(targets, rows, width, classes);
      return;
    }
    for (int row = 0; row < rows; row++) {
      classes[row] = (int) targets.get(row);
    }
  }
}
