package ijen.data;

import ijen.format.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads several files at the same time: a gzipped one keeps a processor busy for as long as it
/// takes to load it.
final class Together {
  /// Reads one file.
  @FunctionalInterface
  interface Reader {
    Tensor read(Path file) throws IOException;
  }

  private Together() {}

  /// What the reader makes of each file, in their order, on at most as many threads as there are
  /// processors. If several fail, the first of them is told.
  static List<Tensor> read(List<Path> files, Reader reader) throws IOException {
    int threads = Math.min(files.size(), Runtime.getRuntime().availableProcessors());
    if (threads < 2) {
      List<Tensor> read = new ArrayList<>();
      for (Path file : files) {
        read.add(reader.read(file));
      }
      return read;
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Tensor>> begun = new ArrayList<>();
      for (Path file : files) {
        begun.add(pool.submit(() -> reader.read(file)));
      }
      List<Tensor> read = new ArrayList<>();
      for (Future<Tensor> each : begun) {
        read.add(get(each));
      }
      return read;
    }
  }

  private static Tensor get(Future<Tensor> begun) throws IOException {
    try {
      return begun.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were read", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }
}
