package ijen.data;

/// Is told how a download goes.
@FunctionalInterface
public interface DownloadListener {

  /// Called again and again while a file arrives, from the thread that asked for the data.
  ///
  /// @param file the file's name
  /// @param received how many bytes are here, including those of an earlier, interrupted attempt
  /// @param total how many bytes the file has
  void progress(String file, long received, long total);

  /// A listener that does nothing.
  static DownloadListener none() {
    return (file, received, total) -> {};
  }
}
