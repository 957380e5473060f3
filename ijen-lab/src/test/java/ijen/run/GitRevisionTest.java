package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevisionTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "f".repeat(40);

  private final Path tree;
  private final Path git;
  private final Path temp;

  GitRevisionTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    tree = temp.resolve("tree");
    git = tree.resolve(".git");
    Files.createDirectories(git.resolve("refs/heads"));
    write(git.resolve("HEAD"), "ref: refs/heads/main\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  @Test
  void aLooseBranchIsRead() throws IOException {
    write(git.resolve("refs/heads/main"), COMMIT + "\n");
    Path deep = Files.createDirectories(tree.resolve("a/b/c"));
    assertThat(GitRevision.of(tree)).hasValue(new GitRevision(COMMIT, "main"));
    assertThat(GitRevision.of(deep)).hasValue(new GitRevision(COMMIT, "main"));
  }

  @Test
  void aPackedBranchIsRead() throws IOException {
    write(
        git.resolve("packed-refs"),
        "# pack-refs with: peeled fully-peeled sorted \n"
            + OTHER
            + " refs/heads/feature/main\n"
            + COMMIT
            + " refs/heads/main\n"
            + OTHER
            + " refs/tags/v1\n^"
            + OTHER
            + "\n");
    assertThat(GitRevision.of(tree)).hasValue(new GitRevision(COMMIT, "main"));
    // A loose one is newer.
    write(git.resolve("refs/heads/main"), OTHER + "\n");
    assertThat(GitRevision.of(tree)).hasValue(new GitRevision(OTHER, "main"));
  }

  @Test
  void withoutABranchThereIsACommitAlone() throws IOException {
    write(git.resolve("HEAD"), COMMIT + "\n");
    assertThat(GitRevision.of(tree)).hasValue(new GitRevision(COMMIT, ""));
    write(git.resolve("HEAD"), "a".repeat(64) + "\n");
    assertThat(GitRevision.of(tree)).hasValue(new GitRevision("a".repeat(64), ""));
  }

  @Test
  void worktreesAndSubmodulesPointElsewhere() throws IOException {
    write(git.resolve("refs/heads/main"), OTHER + "\n");
    write(git.resolve("refs/heads/topic/x"), COMMIT + "\n");
    write(git.resolve("worktrees/w/HEAD"), "ref: refs/heads/topic/x\n");
    write(git.resolve("worktrees/w/commondir"), "../..\n");
    Path worktree = Files.createDirectories(temp.resolve("w"));
    write(worktree.resolve(".git"), "gitdir: " + git.resolve("worktrees/w") + "\n");
    assertThat(GitRevision.of(worktree)).hasValue(new GitRevision(COMMIT, "topic/x"));

    write(git.resolve("modules/sub/HEAD"), COMMIT + "\n");
    write(tree.resolve("sub/.git"), "gitdir: ../.git/modules/sub\n");
    assertThat(GitRevision.of(tree.resolve("sub"))).hasValue(new GitRevision(COMMIT, ""));
  }

  @Test
  void whatCannotBeReadIsNoRevision() throws IOException {
    assertThat(GitRevision.of(tree)).as("a branch without a commit").isEmpty();
    for (String head :
        new String[] {
          "",
          "nonsense",
          "ref: refs/heads/../../../secret",
          "ref: refs/heads/.invalid",
          COMMIT + "0",
          "ref: refs/heads/a b",
          "ref: HEAD",
          "\0\0\0"
        }) {
      write(git.resolve("HEAD"), head);
      assertThat(GitRevision.of(tree)).as(head).isEmpty();
    }
    write(git.resolve("HEAD"), "ref: refs/heads/main");
    write(git.resolve("refs/heads/main"), "ref: refs/heads/main"); // goes round in circles
    assertThat(GitRevision.of(tree)).isEmpty();
    Path pointer = Files.createDirectories(temp.resolve("p"));
    write(pointer.resolve(".git"), "gitdir: /does/not/exist\n");
    assertThat(GitRevision.of(pointer)).isEmpty();
    write(pointer.resolve(".git"), "something else\n");
    assertThat(GitRevision.of(pointer)).isEmpty();
    write(pointer.resolve(".git"), "gitdir: \0\n");
    assertThat(GitRevision.of(pointer)).isEmpty();
  }
}
