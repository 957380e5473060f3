package ijen.bench.peer;

import ijen.bench.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who takes part.
public enum Library {
  IJEN("Ijen"),
  TORCH("PyTorch"),
  NUMPY("NumPy"),
  DJL("DJL"),
  SMILE("Smile");

  private final String title;

  Library(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// The name on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All but Ijen.
  public static List<Library> peers() {
    return List.of(TORCH, NUMPY, DJL, SMILE);
  }

  /// Whether it can do that at all. NumPy has no convolutions. Smile's networks decide between
  /// classes, by SGD; they want a hidden layer, and its regression wants batches of one.
  public boolean takesPart(Workload workload) {
    return switch (this) {
      case IJEN, TORCH, DJL -> true;
      case NUMPY -> workload != Workload.H;
      case SMILE ->
          switch (workload) {
            case A, D, E, G -> true;
            case B, C, F, H -> false;
          };
    };
  }

  /// Whether what it trains is the same model, so that it can be the best peer.
  public boolean isSameModel(Workload workload) {
    return this != SMILE || workload != Workload.G;
  }

  /// What it does otherwise than the others.
  public Optional<String> remark(Workload workload) {
    return switch (this) {
      case DJL ->
          workload == Workload.A
              ? Optional.of("weight decay shrinks biases too")
              : Optional.empty();
      case SMILE ->
          Optional.of(
              isSameModel(workload)
                  ? "computes in double, tells no loss"
                  : "another model: online logistic regression, weights for 9 of 10 classes");
      case IJEN, TORCH, NUMPY -> Optional.empty();
    };
  }
}
