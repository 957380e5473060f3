package ijen.data;

import ijen.format.image.ImageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The image files in the folders of their classes, in the order of the names.
///
/// @param tree where they are
/// @param folder where in it the classes' folders are
/// @param classes the names of the classes
/// @param files the places of the files, class after class
/// @param counts how many files each class has
record ImageFiles(
    FileTree tree, String folder, List<String> classes, List<String> files, List<Integer> counts) {

  /// The files in a folder of a tree.
  ///
  /// @throws DataException if there are none, or a link leads out of the tree
  static ImageFiles in(FileTree tree, String folder) throws IOException {
    if (!tree.isFolder(folder)) {
      throw new DataException(tree.shown(folder) + ": there is no such folder");
    }
    List<String> classes = new ArrayList<>();
    List<String> files = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (String name : tree.names(folder)) {
      String child = folder.isEmpty() ? name : folder + "/" + name;
      if (!tree.isFolder(child)) {
        continue; // a list of labels, a licence
      }
      int before = files.size();
      for (String inside : tree.names(child)) {
        String file = child + "/" + inside;
        if (tree.isFolder(file)) {
          throw new DataException(
              tree.shown(file)
                  + ": expected images directly in the folder of a class, got a folder");
        }
        if (ImageFile.hasName(inside)) {
          files.add(file);
        }
      }
      if (files.size() == before) {
        throw new DataException(
            tree.shown(child)
                + ": expected PNG or JPEG images of the class "
                + name
                + ", got none");
      }
      classes.add(name);
      counts.add(files.size() - before);
    }
    if (classes.isEmpty()) {
      throw new DataException(
          tree.shown(folder) + ": expected a folder of images for each class in it, got none");
    }
    return new ImageFiles(
        tree, folder, List.copyOf(classes), List.copyOf(files), List.copyOf(counts));
  }

  /// The number of each file's class in a list of classes.
  ///
  /// @throws DataException if one is not in the list
  int[] labels(List<String> known) {
    int[] labels = new int[files.size()];
    int next = 0;
    for (int i = 0; i < classes.size(); i++) {
      int label = known.indexOf(classes.get(i));
      if (label < 0) {
        throw new DataException(
            tree.shown(folder.isEmpty() ? classes.get(i) : folder + "/" + classes.get(i))
                + ": expected one of the classes to train on, "
                + known
                + ", got '"
                + classes.get(i)
                + "'");
      }
      for (int k = counts.get(i); k > 0; k--) {
        labels[next++] = label;
      }
    }
    return labels;
  }
}
