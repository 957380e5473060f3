package ijen.store;

import ijen.data.DataException;
import ijen.data.Places;
import ijen.format.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/// SQLite's library, unpacked once for a user.
///
/// Left to itself the driver unpacks it into the folder for temporary files for each process. That
/// takes longer than all else of opening a database, and what a killed process leaves there stays:
/// it looks as if somebody used it.
final class NativeLibrary {
  /// The driver's settings: where the library is, and where to unpack it.
  private static final String PLACE = "org.sqlite.lib.path";

  private static final String TEMPORARY = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /// Tells the driver where the library is, after unpacking it into the user's cache if need be.
  /// Where that cannot be written, or somebody has told the driver already, it is left to itself.
  static synchronized void provide() {
    if (System.getProperty(PLACE) == null && System.getProperty(TEMPORARY) == null) {
      try {
        System.setProperty(PLACE, unpacked().toString());
      } catch (IOException | DataException | SecurityException cannotBeWritten) {
        // The driver finds a place.
      }
    }
  }

  private static Path unpacked() throws IOException {
    Path folder =
        Places.ofSystem()
            .cache()
            .toAbsolutePath()
            .resolve("sqlite-" + SQLiteJDBCLoader.getVersion())
            .resolve(OSInfo.getNativeLibFolderPathForCurrentOS());
    String name = LibraryLoaderUtil.getNativeLibName();
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
      try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("SQLite: there is no " + resource);
        }
        Files.createDirectories(folder);
        AtomicFile.write(file, in::transferTo);
      }
    }
    return folder;
  }
}
