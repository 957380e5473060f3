package ijen.recipe;

/// A setting is not as it should be; the message says which, where it stands and what was expected.
public final class RecipeException extends RuntimeException {
  /// An error about what stands at `place`, for example `recipe.yaml:12:3` or `--lr`.
  public RecipeException(String place, String problem) {
    super(place + ": " + problem);
  }

  /// The same, found by another.
  public RecipeException(String place, String problem, Throwable cause) {
    super(place + ": " + problem, cause);
  }
}
