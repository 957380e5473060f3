package ijen.mlflow;

/// How a run of MLflow ended.
public enum MlflowStatus {
  /// It reached its end.
  FINISHED,
  /// It could not go on.
  FAILED,
  /// It was stopped.
  KILLED
}
