package ijen.plot;

/// What a figure in a file of its own is made for.
public enum Look {
  /// A light ground, for pages and slides.
  LIGHT(192),

  /// A dark ground.
  DARK(192),

  /// The light colours on white paper.
  PRINT(300);

  private final int dotsPerInch;

  Look(int dotsPerInch) {
    this.dotsPerInch = dotsPerInch;
  }

  /// How fine a PNG of this look is: for screens twice the pixels of an ordinary one, for paper
  /// what journals ask of pictures.
  public int dotsPerInch() {
    return dotsPerInch;
  }

  /// A paint as it is used here, `#rrggbb`.
  String of(Paint paint) {
    return switch (this) {
      case LIGHT -> paint.light();
      case DARK -> paint.dark();
      case PRINT -> paint.equals(Theme.PAGE) ? Theme.PAPER : paint.light();
    };
  }
}
