package ijen.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The commit that a working tree stands on, read from the repository's files without running git.
///
/// Whether files were changed since is not known: that would take an index and every file's hash.
/// `branch` is empty when none is checked out.
///
/// **Source:** gitrepository-layout(5): `HEAD`, loose refs, `packed-refs`, and for worktrees and
/// submodules a `.git` file that points elsewhere.
public record GitRevision(String commit, String branch) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern SYMBOLIC = Pattern.compile("ref: (refs/[^\\s~^:?*\\[\\\\]+)");
  private static final String BRANCHES = "refs/heads/";
  private static final int MOST_BYTES = 4096;
  private static final int MOST_LINKS = 5;

  /// The revision of the innermost repository around a folder; empty if there is none, it has no
  /// commit yet, or it cannot be read.
  public static Optional<GitRevision> of(Path folder) {
    try {
      Path git = gitFolder(folder.toAbsolutePath().normalize());
      return git == null ? Optional.empty() : head(git);
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  private static @Nullable Path gitFolder(Path start) throws IOException {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.isDirectory(git)) {
        return git;
      }
      if (Files.isRegularFile(git)) {
        String pointer = firstLine(git);
        return pointer.startsWith("gitdir: ")
            ? folder.resolve(pointer.substring("gitdir: ".length())).normalize()
            : null;
      }
    }
    return null;
  }

  private static Optional<GitRevision> head(Path git) throws IOException {
    // A worktree has a HEAD of its own, and shares branches with its repository.
    Path shared = git.resolve("commondir");
    Path common = Files.exists(shared) ? git.resolve(firstLine(shared)).normalize() : git;
    String content = firstLine(git.resolve("HEAD"));
    String branch = "";
    for (int link = 0; link < MOST_LINKS; link++) {
      if (COMMIT.matcher(content).matches()) {
        return Optional.of(new GitRevision(content, branch));
      }
      Matcher reference = SYMBOLIC.matcher(content);
      if (!reference.matches() || reference.group(1).contains("..")) {
        return Optional.empty();
      }
      String name = reference.group(1);
      branch = name.startsWith(BRANCHES) ? name.substring(BRANCHES.length()) : branch;
      content = resolve(git, common, name);
    }
    return Optional.empty();
  }

  private static String resolve(Path git, Path common, String name) throws IOException {
    for (Path folder : new Path[] {git, common}) {
      Path loose = folder.resolve(name);
      if (Files.isRegularFile(loose)) {
        return firstLine(loose);
      }
    }
    Path packed = common.resolve("packed-refs");
    if (Files.isRegularFile(packed)) {
      try (BufferedReader lines = Files.newBufferedReader(packed, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.endsWith(" " + name)) {
            return line.substring(0, line.length() - name.length() - 1);
          }
        }
      }
    }
    return "";
  }

  private static String firstLine(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").strip();
    }
  }
}
