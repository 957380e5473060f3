package ijen.format.cifar;

import java.util.List;

/// Which of the two sets a file belongs to, with the classes as they are published.
public enum CifarKind {
  /// 10 classes.
  CIFAR_10(
      """
      airplane automobile bird cat deer dog frog horse ship truck
      """,
      ""),

  /// 100 classes, in 20 superclasses of 5.
  CIFAR_100(
      """
      apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
      butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch
      crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo
      keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse
      mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy
      porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper
      snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television
      tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm
      """,
      """
      aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices
      household_furniture insects large_carnivores large_man-made_outdoor_things
      large_natural_outdoor_scenes large_omnivores_and_herbivores medium_mammals
      non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2
      """);

  private final String classes; // texts, for an enum is to be unchangeable through and through
  private final String superclasses;

  CifarKind(String classes, String superclasses) {
    this.classes = classes.strip();
    this.superclasses = superclasses.strip();
  }

  /// The names of the classes, in the order of their numbers.
  public List<String> classes() {
    return words(classes);
  }

  /// The names of the superclasses, in the order of their numbers; empty for CIFAR-10.
  public List<String> superclasses() {
    return words(superclasses);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }

  /// Bytes before an image's pixels.
  int labelBytes() {
    return superclasses.isEmpty() ? 1 : 2;
  }

  /// Bytes of a record.
  int recordBytes() {
    return labelBytes() + CifarFile.PIXELS;
  }
}
