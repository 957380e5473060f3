package ijen.recipe;

/// A value as somebody gave it.
///
/// @param text the value, not yet understood
/// @param place where it stands, for errors: `recipe.yaml:12:3` or `--lr`
record Given(String text, String place) {}
