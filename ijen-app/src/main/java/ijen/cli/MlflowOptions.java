package ijen.cli;

import ijen.mlflow.MlflowLog;
import ijen.mlflow.MlflowServer;
import ijen.recipe.RecordedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a training is logged besides its folder.
final class MlflowOptions {
  private static final String USUAL = "ijen";

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      description =
          "log settings and scores to this MLflow server, too, such as http://localhost:5000")
  @Nullable String address;

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      description = "with --mlflow, the experiment's name there (default: " + USUAL + ")")
  @Nullable String experiment;

  /// The server, if one is wanted.
  Optional<MlflowServer> server(Map<String, String> environment) {
    if (address == null) {
      if (experiment != null) {
        throw new UsageException("--mlflow-experiment: expected --mlflow with it, got none");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(MlflowServer.of(address, environment));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--mlflow: " + e.getMessage());
    }
  }

  /// Begins to log a run.
  MlflowLog begin(MlflowServer server, RecordedRun run) {
    Map<String, String> parameters = new LinkedHashMap<>();
    run.experiment().config().describe().forEach((key, value) -> parameters.put(key, text(value)));
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.source.name", "ijen");
    tags.put("mlflow.source.type", "LOCAL");
    tags.put("mlflow.user", System.getProperty("user.name", ""));
    tags.put("ijen.run", run.folder().path().toAbsolutePath().normalize().toString());
    tags.put("ijen.title", run.experiment().config().title());
    tags.put("ijen.command", Shell.quoted(run.experiment().config().command()));
    return MlflowLog.begin(
        server,
        new MlflowLog.Description(
            experiment == null ? USUAL : experiment, run.folder().id(), parameters, tags));
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }
}
