package ijen.format.npy;

import ijen.format.Dtype;
import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.ZipArchive;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// The arrays of an NPZ file, each of which is read when it is asked for.
///
/// ```java
/// try (NpzArrays arrays = NpzArrays.open(file)) {
///   int[] shape = arrays.header("x_train").shape(); // reads no elements
///   Tensor labels = arrays.tensor("y_train");       // reads this one alone
/// }
/// ```
///
/// Opening reads the names only. Limits are those of [Npz].
public final class NpzArrays implements Closeable {
  /// What an array is.
  public static final class Header {
    private final Dtype dtype;
    private final int[] shape;

    private Header(NpyHeader header) {
      this.dtype = header.dtype;
      this.shape = header.shape;
    }

    /// The type of the elements.
    public Dtype dtype() {
      return dtype;
    }

    /// A copy of the dimensions.
    public int[] shape() {
      return shape.clone();
    }

    /// For example `F32 [64, 784]`.
    @Override
    public String toString() {
      return dtype + " " + Arrays.toString(shape);
    }
  }

  private final ZipArchive zip;

  private NpzArrays(ZipArchive zip) {
    this.zip = zip;
  }

  /// Opens a file.
  ///
  /// @throws FormatException if it is no NPZ file, or beyond the limits
  /// @throws IOException if it cannot be read
  public static NpzArrays open(Path file) throws IOException {
    ZipArchive zip = ZipArchive.open(file);
    int count = zip.names().size();
    if (count > Npz.MOST_MEMBERS) {
      zip.close();
      throw new FormatException(
          zip.toString(), "expected at most " + Npz.MOST_MEMBERS + " members, got " + count);
    }
    return new NpzArrays(zip);
  }

  /// The names, in the order of the file.
  ///
  /// @throws FormatException if a member is no array
  public List<String> names() throws FormatException {
    List<String> names = new ArrayList<>();
    for (String member : zip.names()) {
      names.add(array(member));
    }
    return names;
  }

  private String array(String member) throws FormatException {
    if (!member.endsWith(Npz.ENDING)) {
      throw new FormatException(
          zip.toString(),
          "member '"
              + HeaderText.shown(member)
              + "': expected members whose names end with "
              + Npz.ENDING);
    }
    return withoutEnding(member);
  }

  private static String withoutEnding(String member) {
    return member.endsWith(Npz.ENDING)
        ? member.substring(0, member.length() - Npz.ENDING.length())
        : member;
  }

  /// What the array of that name is; its elements are not read.
  ///
  /// @throws FormatException if there is none, its header is damaged, or of a type that is not read
  /// @throws IOException if it cannot be read
  public Header header(String name) throws IOException {
    return zip.readStart(
        member(name),
        (in, stored, zipped) ->
            new Header(NpyReader.ofMember(zip.toString(), name, in, stored, zipped).header()));
  }

  /// The array of that name, read into memory.
  ///
  /// @throws FormatException if there is none, it is damaged, or of a type that is not read
  /// @throws IOException if it cannot be read
  public Tensor tensor(String name) throws IOException {
    return zip.read(
        member(name),
        (in, stored, zipped) -> {
          NpyReader reader = NpyReader.ofMember(zip.toString(), name, in, stored, zipped);
          return reader.tensor(reader.header());
        });
  }

  private String member(String name) throws FormatException {
    if (zip.names().contains(name + Npz.ENDING)) {
      return name + Npz.ENDING;
    }
    if (zip.names().contains(name)) {
      return array(name) + Npz.ENDING; // which says what it should be called
    }
    throw missing(
        zip.toString(), name, zip.names().stream().map(NpzArrays::withoutEnding).toList());
  }

  static FormatException missing(String file, String name, Collection<String> names) {
    List<String> some = new ArrayList<>();
    names.stream().limit(20).map(HeaderText::shown).forEach(some::add);
    return new FormatException(
        file,
        "expected an array '"
            + name
            + "', got "
            + names.size()
            + " others: "
            + some
            + (names.size() > 20 ? " and more" : ""));
  }

  /// Lets go of the file; arrays that were read remain.
  @Override
  public void close() throws IOException {
    zip.close();
  }

  /// The file's name.
  @Override
  public String toString() {
    return zip.toString();
  }
}
