package ijen.mlflow;

import java.io.IOException;

/// An MLflow server did not do what it was asked for.
public final class MlflowException extends IOException {
  private final String code;
  private final boolean isFinal;

  MlflowException(String message, String code, boolean isFinal) {
    super(message);
    this.code = code;
    this.isFinal = isFinal;
  }

  /// The server's word for it, `RESOURCE_DOES_NOT_EXIST` for instance; empty if it said none.
  public String code() {
    return code;
  }

  /// Whether the same request will fail again.
  public boolean isFinal() {
    return isFinal;
  }
}
