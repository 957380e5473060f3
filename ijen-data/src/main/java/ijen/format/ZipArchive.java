package ijen.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A zip archive whose members are read one by one, for the readers of formats.
///
/// Opening reads the directory at the archive's end and no member. Sizes in it are not believed:
/// members must have names of their own and share no bytes of the file, and their checksums are
/// compared. Names are texts, never paths: nothing is unpacked to a folder.
///
/// **Range:** [#MOST_MEMBERS] members with names of [#MOST_NAME] characters.
///
/// **Source:** PKWARE, "APPNOTE.TXT – .ZIP File Format Specification".
public final class ZipArchive implements Closeable {
  /// The most members.
  public static final int MOST_MEMBERS = 1 << 21;

  /// The longest name, in characters.
  public static final int MOST_NAME = 10_000;

  /// What a member takes beside its data and twice its name: 30 bytes before the data, 46 in the
  /// directory.
  private static final int HEADERS = 76;

  /// What reads a member.
  @FunctionalInterface
  public interface Reading<T> {
    /// Reads the plain bytes of a member.
    ///
    /// @param stored how many bytes of the archive they take
    /// @param zipped whether these are compressed
    T of(InputStream in, long stored, boolean zipped) throws IOException;
  }

  private final String file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> members = new LinkedHashMap<>();

  private ZipArchive(String file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /// Opens an archive.
  ///
  /// @throws FormatException if it is none, or beyond the limits
  /// @throws IOException if it cannot be read
  public static ZipArchive open(Path file) throws IOException {
    String name = file.toString();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(name + ": expected a zip archive, but this is no ordinary file");
    }
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IOException(name + ": expected a file that is not itself part of another");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException wrong) {
      throw new FormatException(
          name, "expected a zip archive, got something else: " + wrong.getMessage(), wrong);
    }
    ZipArchive archive = new ZipArchive(name, zip);
    try {
      archive.list(Files.size(file));
    } catch (Throwable failure) {
      zip.close();
      throw failure;
    }
    return archive;
  }

  private void list(long size) throws FormatException {
    if (zip.size() > MOST_MEMBERS) {
      throw new FormatException(
          file, "expected at most " + MOST_MEMBERS + " members, got " + zip.size());
    }
    long taken = 0;
    for (Iterator<? extends ZipEntry> all = zip.entries().asIterator(); all.hasNext(); ) {
      ZipEntry member = all.next();
      String name = member.getName();
      if (name.length() > MOST_NAME) {
        throw wrong(name, "expected names of at most " + MOST_NAME + " characters");
      }
      long stored = member.getCompressedSize();
      long headers = HEADERS + 2L * name.length();
      if (stored < 0 || stored > size - taken - headers) {
        throw wrong(
            name,
            "expected members that share no bytes of the file's "
                + size
                + ", got "
                + stored
                + " of them after "
                + taken);
      }
      taken += stored + headers;
      if (members.putIfAbsent(name, member) != null) {
        throw wrong(name, "expected each name once, got it twice");
      }
    }
  }

  /// The names of the members, in the order of the archive; those of folders end with a slash.
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /// Reads a member to its end, which `reading` has to reach, and compares the checksum.
  ///
  /// @throws FormatException if there is no such member, or it is damaged
  /// @throws IOException if it cannot be read
  public <T> T read(String member, Reading<T> reading) throws IOException {
    return read(member, reading, true);
  }

  /// Reads what `reading` wants of a member, without regard to its checksum.
  ///
  /// @throws FormatException if there is no such member, or its beginning is damaged
  /// @throws IOException if it cannot be read
  public <T> T readStart(String member, Reading<T> reading) throws IOException {
    return read(member, reading, false);
  }

  private <T> T read(String name, Reading<T> reading, boolean whole) throws IOException {
    ZipEntry member = members.get(name);
    if (member == null) {
      throw wrong(name, "expected it in the archive, it is not there");
    }
    CRC32 checksum = new CRC32();
    T result;
    try (InputStream plain = zip.getInputStream(member)) {
      InputStream in = whole ? new CheckedInputStream(plain, checksum) : plain;
      boolean zipped = member.getMethod() != ZipEntry.STORED;
      result = reading.of(in, member.getCompressedSize(), zipped);
    } catch (ZipException | EOFException broken) {
      throw new FormatException(
          file,
          member(name)
              + "expected data that can be decompressed, got others: "
              + broken.getMessage(),
          broken);
    }
    if (whole && checksum.getValue() != member.getCrc()) {
      throw wrong(
          name,
          "expected data with the checksum "
              + Long.toHexString(member.getCrc())
              + ", got data with "
              + Long.toHexString(checksum.getValue()));
    }
    return result;
  }

  private FormatException wrong(String name, String problem) {
    return new FormatException(file, member(name) + problem);
  }

  private static String member(String name) {
    return "member '" + TableBuilder.shown(name) + "': ";
  }

  /// Lets go of the file; no member can be read any more. Closing twice does nothing.
  @Override
  public void close() throws IOException {
    zip.close();
  }

  /// The file's name.
  @Override
  public String toString() {
    return file;
  }
}
