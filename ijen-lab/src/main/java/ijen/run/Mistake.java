package ijen.run;

import ijen.format.json.JsonObject;
import ijen.plot.Picture;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An example that the model took for something else, with its image.
///
/// **Units:** `index` is the example's place in its data set, from 0; `truth` and `predicted` are
/// class numbers; `probability` (0–1) is what the model gave its wrong answer.
public record Mistake(int index, int truth, int predicted, double probability, Picture picture) {
  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("index", index);
    json.put("truth", truth);
    json.put("predicted", predicted);
    json.put("probability", probability);
    json.put("height", picture.height());
    json.put("width", picture.width());
    json.put("channels", picture.channels());
    json.put("pixels", Base64.getEncoder().encodeToString(picture.pixels()));
    return json;
  }

  static Mistake of(JsonObject json, int classes) {
    return new Mistake(
        json.integer("index"),
        classNumber(json, "truth", classes),
        classNumber(json, "predicted", classes),
        json.number("probability"),
        picture(json));
  }

  private static int classNumber(JsonObject json, String key, int classes) {
    int number = json.integer(key);
    if (number < 0 || number >= classes) {
      throw json.wrong(key, "the number of one of " + classes + " classes, from 0");
    }
    return number;
  }

  private static Picture picture(JsonObject json) {
    int height = json.integer("height");
    int width = json.integer("width");
    int channels = json.integer("channels");
    if (channels != 1 && channels != 3) {
      throw json.wrong("channels", "1 or 3");
    }
    byte[] pixels;
    try {
      pixels = Base64.getDecoder().decode(json.string("pixels"));
    } catch (IllegalArgumentException notBase64) {
      throw json.wrong("pixels", "bytes in Base64");
    }
    if (height < 1 || width < 1 || (long) height * width * channels != pixels.length) {
      throw json.wrong(
          "pixels",
          "%s bytes in Base64 (%s × %s × %s)"
              .formatted((long) height * width * channels, height, width, channels));
    }
    return channels == 1 ? Picture.grey(pixels, height, width) : Picture.rgb(pixels, height, width);
  }
}
