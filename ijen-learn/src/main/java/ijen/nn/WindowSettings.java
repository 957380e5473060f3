package ijen.nn;

import ijen.kernel.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A window among the settings of a layer, in a file and back.
final class WindowSettings {
  private WindowSettings() {}

  /// The settings of a window, to which a layer adds its own.
  static Map<String, Object> of(Window window) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kernel", List.of(window.height(), window.width()));
    settings.put("stride", window.stride());
    settings.put("padding", window.padding());
    settings.put("dilation", window.dilation());
    return settings;
  }

  static Window read(LayerSettings settings) {
    List<Integer> kernel = settings.wholes("kernel");
    if (kernel.size() != 2) {
      throw new IllegalArgumentException(
          settings.kind() + ": 'kernel': expected height and width, got " + kernel);
    }
    return new Window(
        kernel.get(0),
        kernel.get(1),
        settings.whole("stride"),
        settings.whole("padding"),
        settings.whole("dilation"));
  }
}
