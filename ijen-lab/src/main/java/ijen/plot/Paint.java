package ijen.plot;

import java.util.regex.Pattern;

/// A named colour in two versions, one for a light ground and one for a dark one, each `#rrggbb`.
public record Paint(String name, String light, String dark) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");

  public Paint {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "paint '" + name + "': expected a name of small letters, digits and hyphens");
    }
    for (String colour : new String[] {light, dark}) {
      if (!COLOUR.matcher(colour).matches()) {
        throw new IllegalArgumentException(
            "paint '" + name + "': expected a colour such as #0a5fd1, got '" + colour + "'");
      }
    }
  }

  /// The custom property that carries this colour on a page.
  String property() {
    return "--ijen-" + name;
  }
}
