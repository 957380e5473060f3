/// Logs a training to an MLflow tracking server, by its REST interface.
///
/// Entry type: [ijen.mlflow.MlflowLog], which hears a training and sends what it hears from a
/// thread of its own; [ijen.mlflow.MlflowServer] is the server. Nothing is read back: what counts
/// is in the run's folder.
@NullMarked
package ijen.mlflow;

import org.jspecify.annotations.NullMarked;
