import com.google.googlejavaformat.java.Main;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Checks or rewrites the format of every Java file below a folder, and leaves a report: empty, or
/// what is not as it should be.
///
/// It is a program of its own because the formatter reads Java with the parser of the JVM that it
/// runs on, and Maven may run on one older than the sources' language. The build starts it on the
/// toolchain's JDK, and fails with the report as its message.
///
/// Usage: `java -cp FORMATTER_JARS Format.java check|write FOLDER REPORT`
public final class Format {
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git");

  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    Path report = Path.of(args[2]);

    List<String> arguments = new ArrayList<>();
    arguments.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    arguments.addAll(sources(root));

    // One writer for both: the names of files to change, and the places that do not parse.
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int exit =
        new Main(out, out, InputStream.nullInputStream()).format(arguments.toArray(String[]::new));

    String problems = "";
    if (exit != 0) {
      String files = said.toString().replace(root + File.separator, "").indent(2);
      String advice = write ? "" : "To put every file in format, run:  mvn -Pformat\n";
      problems = "not in the project's format:\n" + files + advice;
    }
    Files.writeString(report, problems);
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCES.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    sources.sort(null);
    return sources;
  }
}
