package ijen.data;

import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.ZipArchive;
import ijen.format.image.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The images in a zip archive, which are read from it and not unpacked.
///
/// If all of it lies in one folder that has no images itself, as archivers like to have it, that
/// folder is the root. What archivers add of their own (`__MACOSX`) is left out, as hidden files
/// are.
final class ZipTree implements FileTree {
  /// How many folders a member may be in: those of its part and class, and one around all.
  private static final int MOST_DEPTH = 8;

  /// How much smaller an image may have become, which is compressed already, if it is larger than
  /// [#SMALL].
  private static final long MOST_GROWTH = 16;

  private static final long SMALL = 1 << 20; // bytes

  private final ZipArchive zip;
  private final Map<String, Set<String>> folders = new HashMap<>();
  private final String root; // empty, or a name and a slash

  private ZipTree(ZipArchive zip) throws FormatException {
    this.zip = zip;
    folders.put("", new TreeSet<>());
    for (String member : zip.names()) {
      add(member);
    }
    Set<String> top = folders.getOrDefault("", Set.of());
    String only = top.size() == 1 ? top.iterator().next() : "";
    Set<String> inner = folders.getOrDefault(only, Set.of());
    boolean wrapped = inner.stream().anyMatch(name -> folders.containsKey(only + "/" + name));
    this.root = !only.isEmpty() && wrapped ? only + "/" : "";
  }

  /// Opens an archive.
  ///
  /// @throws FormatException if it is none, damaged, or its folders are too deep
  static ZipTree open(Path file) throws IOException {
    ZipArchive zip = ZipArchive.open(file);
    try {
      return new ZipTree(zip);
    } catch (Throwable failure) {
      zip.close();
      throw failure;
    }
  }

  /// Whether a member of an archive is an image that counts.
  static boolean isImage(String member) {
    return !isHidden(member) && ImageFile.hasName(member) && member.indexOf('/') > 0;
  }

  private static boolean isHidden(String member) {
    return member.startsWith(".") || member.contains("/.") || member.startsWith("__MACOSX/");
  }

  private void add(String member) throws FormatException {
    if (isHidden(member)) {
      return;
    }
    if (member.chars().filter(c -> c == '/').count() > MOST_DEPTH) {
      throw new FormatException(
          zip.toString(), "expected at most " + MOST_DEPTH + " folders in each other, got more");
    }
    String folder = "";
    for (int from = 0, slash; from < member.length(); from = slash + 1) {
      slash = member.indexOf('/', from);
      Set<String> children = folders.computeIfAbsent(folder, name -> new TreeSet<>());
      if (slash < 0) {
        children.add(member.substring(from));
        return;
      }
      children.add(member.substring(from, slash));
      folder = member.substring(0, slash);
    }
    folders.computeIfAbsent(folder, name -> new TreeSet<>()); // an empty one, so far
  }

  private String place(String place) {
    return place.isEmpty() && !root.isEmpty() ? root.substring(0, root.length() - 1) : root + place;
  }

  @Override
  public boolean isFolder(String place) {
    return folders.containsKey(place(place));
  }

  @Override
  public List<String> names(String folder) {
    return List.copyOf(folders.getOrDefault(place(folder), Set.of()));
  }

  @Override
  public Tensor image(String place) throws IOException {
    return zip.read(
        place(place),
        (in, stored, zipped) -> {
          int most = (int) Math.min(SMALL + MOST_GROWTH * stored, ImageFile.MOST_BYTES);
          byte[] content = in.readNBytes(most + 1);
          if (content.length > most) {
            throw new FormatException(
                shown(place),
                "expected at most %s bytes from %s compressed ones, got more"
                    .formatted(most, stored));
          }
          return ImageFile.read(shown(place), content);
        });
  }

  @Override
  public String shown(String place) {
    return zip + "/" + place(place);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
